poll-propose = Propose an option
poll-proposing = Options can be proposed until { $opens }. Voting opens then, and closes { $when }.
poll-unsettled = Voting is not open yet: there are too few options. The organizers are on it.
poll-no-options = No options so far.
poll-option-proposed = { " " }(proposed by a participant)
poll-footer-proposing = { $id } · To propose an option, type for example: !propose { $id } "The train". The organizers read each proposal. The option is shown without your name.
poll-announced-proposing = Poll { $id } is announced. Options can be proposed until { $opens }. Voting opens then, and closes { $when }.
poll-line-proposing = { $id } · { $question } (open to proposals; voting opens { $opens })
poll-unopened-title = Poll cancelled: { $question }
poll-outcome-unopened = There was no vote: the poll ended without having opened.
proposal-title = Proposed option: { $question }
proposal-for = For { $poll }, by a participant. Options can be proposed until { $when }.
proposal-erased = The text is erased.
proposal-state-accepted = Accepted: it is an option now.
proposal-state-refused = Refused.
proposal-state-lapsed = Nobody decided in time.
proposal-state-withdrawn = Withdrawn: the person had their data erased.
proposal-reason = Reason given: { $reason }
proposal-accept = Accept
proposal-refuse = Refuse
proposal-footer = { $id } · To decide, type: !proposal { $number } accept (or: refuse, and why)
proposal-form-title = Refuse { $id }
proposal-form-reason = Why? (optional)
proposal-form-hint = Its author will read it, and nobody else.
proposal-example = !proposal { $number } refuse because…
proposal-proposed = Your option "{ $option }" is proposed for { $poll } ({ $id }). The organizers will read it. I will tell you in private what they decide.
proposal-accepted = { $id } is accepted: "{ $option }" is now an option of { $poll }.
proposal-refused = { $id } is refused. Whoever proposed it is told in private.
proposal-told-accepted = Your option "{ $option }" is accepted. It is part of poll { $poll }, "{ $question }".
proposal-told-refused = Your option "{ $option }" was not taken for poll { $poll }, "{ $question }".
proposal-told-lapsed = The organizers did not decide in time on your option "{ $option }" for poll { $poll }, "{ $question }".
moderation-title = Proposed options: { $question }
moderation-until = Options can be proposed until { $when }. What is not decided by then lapses.
moderation-unopened =
    { $found ->
        [0] Poll { $id } could not open: it has no options, and needs { $needed }.
        [one] Poll { $id } could not open: it has one option, and needs { $needed }.
       *[other] Poll { $id } could not open: it has { $found } options, and needs { $needed }.
    } It opens by itself once it has enough and nothing waits. You can:
moderation-decide = decide on what waits: "!proposal", its number, and "accept" or "refuse"
moderation-add = add options: '!poll option { $id } "The train; The bus"'
moderation-extend = give people more time: "!poll proposals { $id } Monday 8pm"
moderation-cancel = cancel the poll: "!poll close { $id }"
moderation-settled = The options are settled.
moderation-waiting = Waiting
moderation-line = { $id } · { $option }
moderation-none = No proposal waits.
moderation-footer = { $id } · To decide, type: !proposal, its number, and accept or refuse
options-added = Done. Poll { $id } now has { $count } options.
proposals-extended = Options for { $id } can be proposed until { $opens }. Voting opens then, and closes { $when }.
proposals-opened = Poll { $id } is now open. It closes { $when }.
