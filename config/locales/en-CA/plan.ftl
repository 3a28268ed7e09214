plan-title = The plan
plan-none = The plan has no milestone yet.
plan-step = Step { $place } of { $of }: { $step }
plan-line =
    { $actions ->
        [0] { $id } · { $statement }
        [one] { $id } · { $statement } · { $actions } action{ $free ->
            [0] {""}
           *[other] , which needs a lead
        }
       *[other] { $id } · { $statement } · { $actions } actions{ $free ->
            [0] {""}
           *[other] , of which { $free } need a lead
        }
    }
plan-how = To see a milestone and its actions: "!plan J1". The actions that nobody carries yet: "!plan open".
plan-no-actions = No action leads to it yet.
plan-milestone = { $id } · { $statement }
plan-milestone-by = { $id } · { $statement } (by { $year })
plan-action = { $id } · { $statement } · { $state }
plan-lead = carried by { $name }
plan-helpers = with { $names }
plan-from = from { $when }
plan-until = until { $when }
plan-state-needs-lead = needs a lead
plan-state-to-launch = to launch
plan-state-under-way = under way
plan-state-done = done
plan-state-revised = revised
plan-state-abandoned = abandoned
plan-open-title = Actions that need a lead
plan-open-none = Every action of the plan is carried by an organization.
plan-open-how = Do you represent an organization? Type "!action carry P4 for table", or use a button. If not, talk to an organizer: an organization carries an action, and every person can take a commitment towards it.
plan-carry = Carry { $id }
plan-carried = Noted. { $name } carries { $id }.
plan-carried-known = Organizers see which account said so for the organization.
plan-milestone-added = Milestone { $id } is in the plan.
plan-milestone-next = To add an action to it: "!action add { $id }" and its wording.
plan-action-added = Action { $id } is in the plan.
plan-edited = { $id } is changed.
plan-step-chosen = Noted. The current step: { $step }
plan-share =
    { $done ->
        [one] { $done } action of { $counted } done
       *[other] { $done } actions of { $counted } done
    }
plan-progress = Milestone { $id } passes { $percent }%
plan-progress-whole = Milestone { $id } is done in full
plan-carriers = Organisations that carry this milestone: { $names }
plan-progress-footer = { $id } · To see the milestone: !plan { $id } · The whole plan: !plan
plan-commitments = Commitments for { $id }
plan-adopted = Version { $version } of the plan runs since { $begins }. It is to be evaluated on { $due }.
plan-adopted-next = To note what comes of an action: "!plan evaluate P1 …". The control room will hear when the two years have passed.
plan-evaluated = The outcome of { $id } is noted. It will be kept with this version of the plan.
plan-review-title = Revise version { $version } of the plan: preview
plan-review-early = The two years have not passed yet: this version is to be evaluated on { $due }.
plan-review-unsaid = Without an outcome yet: { $ids }. To write one: "!plan evaluate P1 …".
plan-review-carried = What goes on in version { $version }
plan-review-nothing = No action is open: what follows begins with the milestones only.
plan-review-days = days to be said anew
plan-review-how = Nothing is done yet. Confirming freezes version { $version } for ever and announces it in the rooms: the button, or "!plan revise version={ $version } confirm=yes".
plan-review-confirm = Freeze and go on
plan-revised =
    { $actions ->
        [0] Version { $version } of the plan is frozen. Version { $next } begins without an open action; it is to be evaluated on { $due }.
        [one] Version { $version } of the plan is frozen. { $actions } action goes on in version { $next }, to be evaluated on { $due }.
       *[other] Version { $version } of the plan is frozen. { $actions } actions go on in version { $next }, to be evaluated on { $due }.
    }
plan-frozen-title = The plan, version { $version }
plan-frozen = As it was at the end: { $days }
plan-figures-public = Public commitments
plan-figures-commitments = Commitments that are only counted
plan-commitments-few = fewer than five
plan-commitments-taken = { $taken } taken
plan-commitments-both =
    { $taken ->
        [0] none
       *[other] { $taken } taken, { $kept ->
            [0] none kept
           *[other] { $kept } kept
        }
    }
plan-due-title = Version { $version } of the plan is to be evaluated
plan-due = Two years have passed since { $begins }. Write what came of the actions ("!plan evaluate P1 …"), then look at what the revision would do: "!plan revise".
plan-due-footer = Nothing changes before you confirm
plan-revised-title = The plan: version { $version } is evaluated
plan-goes-on =
    { $actions ->
        [0] Version { $next } begins.
        [one] Version { $next } begins, with { $actions } action that goes on.
       *[other] Version { $next } begins, with { $actions } actions that go on.
    }
plan-revised-footer = The evaluation, action by action: !plan version={ $version } · The plan: !plan
