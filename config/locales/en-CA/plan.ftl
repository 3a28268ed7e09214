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
