poll-card-title = Poll: { $question }
poll-option =
    { $votes ->
        [one] { $letter }. { $label }: { $votes } vote ({ $share })
       *[other] { $letter }. { $label }: { $votes } votes ({ $share })
    }
poll-turnout =
    { $cast ->
        [0] Nobody has voted yet.
        [one] { $cast } person voted.
       *[other] { $cast } people voted.
    }
poll-closes = Closes { $when }.
poll-is-closed = Closed { $when }.
poll-vote = Vote
poll-footer = { $id } · To vote, type: !vote { $id } and a letter (for example: !vote { $id } a). You can change your vote until it closes.
poll-footer-closed = { $id } · Open polls: !poll show
poll-outcome-none = Nobody voted.
poll-outcome = "{ $label }" leads with { $votes } of { $cast } votes.
poll-outcome-tie = A tie for first, with { $votes } votes each: { $labels }.
poll-results-title = Result: { $question }
poll-menu = Choose an option. Nobody else sees your choice.
poll-menu-placeholder = Your choice
poll-list-title = Open polls
poll-none = No poll is open at the moment.
poll-line = { $id } · { $question } (closes { $when })
poll-opened = Poll { $id } is open. It closes { $when }.
poll-closed = Poll { $id } is closed.
poll-voted = Your vote is saved for { $id }: "{ $label }". You can change it until it closes, { $when }.
