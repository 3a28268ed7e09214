poll-card-title = Poll: { $question }
poll-card-title-proposal = Proposal: { $question }
poll-card-title-consent = Call for consent: { $question }
poll-how-choose = Choose up to { $most } options.
poll-how-proposal-simple = It passes with more votes for than against.
poll-how-proposal-two-thirds = It passes if at least two thirds of the votes for and against are for.
poll-how-proposal-of-all = It passes if more than half of those who vote are for.
poll-how-proposal-of-eligible = It passes if more than half of those who may vote are for.
poll-how-consent =
    { $allowed ->
        [0] One objection stops it. Say why.
       *[other] More than { $allowed } objections stop it. Say why.
    }
poll-how-consent-confidential =
    { $allowed ->
        [0] One objection stops it. Nobody gives a reason here: it would give them away.
       *[other] More than { $allowed } objections stop it. Nobody gives a reason here: it would give them away.
    }
poll-how-score = Give each option a score from 0 to 5. You may leave some out.
poll-how-points = Share out up to { $budget } points.
poll-how-points-cap = Share out up to { $budget } points, at most { $cap } per option.
poll-how-rank = Put the options in order, from best to least good. Equal ranks are fine.
poll-how-elect =
    { $seats ->
        [one] One seat. Put the names in order of preference.
       *[other] { $seats } seats. Put the names in order of preference.
    }
poll-how-budget = Budget: ${ $budget }. Choose what you support. Each voter has an equal share of the budget.
poll-how-budget-greedy = Budget: ${ $budget }. Choose what you support. The most supported comes first, as long as the budget lasts.
poll-how-date = Say yes, if need be or no to each date.
poll-option = { $option }: { $figure }
poll-option-cost = { " " }(${ $cost })
poll-answer =
    { $votes ->
        [one] { $name }: { $votes } vote ({ $share })
       *[other] { $name }: { $votes } votes ({ $share })
    }
poll-answer-plain = { $name }: { $votes }
poll-figure-votes =
    { $votes ->
        [one] { $votes } vote ({ $share })
       *[other] { $votes } votes ({ $share })
    }
poll-figure-score =
    { $scorers ->
        [one] { $total } points, mean { $mean } ({ $scorers } score)
       *[other] { $total } points, mean { $mean } ({ $scorers } scores, from { $lowest } to { $highest })
    }
poll-figure-unscored = no score
poll-figure-points =
    { $supporters ->
        [0] 0 points
        [one] { $points } points from one { $of ->
            [organisations] organization
           *[persons] person
        }
       *[other] { $points } points from { $supporters } { $of ->
            [organisations] organizations
           *[persons] people
        }
    }
poll-figure-date = { $yes } yes, { $maybe } if need be
poll-chart-points =
    { $points ->
        [one] { $points } point
       *[other] { $points } points
    }
poll-chart-pairs = won { $won } of { $pairs } pairs
poll-chart-votes =
    { $count ->
        [one] { $votes } vote
       *[other] { $votes } votes
    }
poll-chart-transfers = { $first }, then { $most } votes
poll-chart-preferences = first preferences
poll-chart-received = passed on from options that were out or elected
poll-chart-first = leads
poll-chart-date =
    { $of ->
        [organisations] suits most organizations
       *[persons] suits most
    }
poll-chart-chosen = chosen
poll-chart-elected = elected
poll-chart-funded = funded
poll-chart-passed = proposal passed
poll-chart-consent = consent given
poll-turnout =
    { $cast ->
        [0] Nobody has voted yet.
        [one] { $cast } person voted.
       *[other] { $cast } people voted.
    }
poll-turnout-verified =
    { $verified ->
        [one] { $cast } accounts voted, { $verified } verified person among them.
       *[other] { $cast } accounts voted, { $verified } verified people among them.
    }
poll-turnout-organisations =
    { $cast ->
        [one] Organizations, one voice each: { $cast } of { $eligible } voted.
       *[other] Organizations, one voice each: { $cast } of { $eligible } voted.
    }
poll-voices-organisations = Only partner organizations vote, through the people who represent them.
poll-voices-both = Two tallies, never summed: people, and partner organizations. To vote on behalf of yours, add "for" and its short name: { $example } for its-short-name
poll-turnout-about =
    { $cast ->
        [0] Fewer than five people voted.
       *[other] More than { $cast } people voted.
    }
poll-room =
    { $count ->
        [one] In the room: { $count } vote, counted by hand. Witness: { $witness }.
       *[other] In the room: { $count } votes, counted by hand. Witness: { $witness }.
    }
poll-room-unnamed =
    { $count ->
        [one] In the room: { $count } vote, counted by hand.
       *[other] In the room: { $count } votes, counted by hand.
    }
poll-room-line = { $name }: { $room } in the room
poll-room-line-together = { $name }: { $room } in the room, { $together } together
poll-circle = For the circle "{ $circle }": vote from one of its rooms.
poll-quorum = Quorum: { $cast } of { $needed } ({ $percent } of { $eligible }).
poll-level-public =
    { $of ->
        [organisations] Public vote: the organization's name stands beside its choice.
       *[persons] Public vote: your name stands beside your choice.
    }
poll-level-reserved = Reserved vote: the bot knows who voted what, and shows nobody.
poll-level-confidential = Confidential vote: until the poll closes, whoever runs this bot could link votes to people. Then the key is destroyed, and nobody can from what we keep. A unanimous result tells what each person voted.
poll-results-after-vote = You see the results once you have voted.
poll-results-at-close = Results are shown at the close.
poll-opens = Opens { $when }.
poll-closes = Closes { $when }.
poll-is-closed = Closed { $when }.
poll-vote = Vote
poll-yes = For
poll-no = Against
poll-abstain = Abstain
poll-consent = I consent
poll-stand-aside = I stand aside
poll-objection = Objection
poll-blank = a blank ballot
poll-fill = Fill in my ballot
poll-own = Your ballot: { $ballot }
poll-own-for = The ballot of { $name }: { $ballot }
poll-whose = In whose name do you vote?
poll-whose-line = { $who }: { $example }
poll-own-name = In my own name
poll-on-behalf = On behalf of { $name }
poll-menu-for = You vote on behalf of { $name }.
poll-footer-for = { $id } · To vote on behalf of { $name }, type for example: { $example }. Anybody who represents the organization can change this vote until it closes.
poll-said-options = "{ $labels }"
poll-said-each = { $label }: { $what }
poll-example-choose = !vote { $id } a
poll-example-proposal = !vote { $id } for
poll-example-consent = !vote { $id } consent
poll-example-score = !vote { $id } a5 b3 c0
poll-example-points = !vote { $id } a6 c4
poll-example-rank = !vote { $id } b > a = d > c
poll-example-elect = !vote { $id } b > a > d
poll-example-budget = !vote { $id } a c
poll-example-date = !vote { $id } a yes b if need be
poll-example-reason = !vote { $id } objection because…
poll-form-title = Your ballot, { $id }
poll-form-score = Scores from 0 to 5, by letter
poll-form-points = Points, by letter
poll-form-rank = Your order, by letters
poll-form-elect = Your order, by letters
poll-form-date = When you can, by letter
poll-form-choose = Your choice, by letters
poll-form-budget = What you support, by letters
poll-form-proposal = For, against or abstain
poll-form-consent = Consent, stand aside or objection
poll-form-hint-score = a5 b3 c0
poll-form-hint-points = a6 c4
poll-form-hint-rank = b > a = d > c
poll-form-hint-elect = b > a > d
poll-form-hint-date = a yes, b if need be
poll-form-hint-choose = a
poll-form-hint-budget = a c
poll-form-hint-proposal = for
poll-form-hint-consent = consent
poll-form-reason = Why you object
poll-form-hint-reason = It is shown without your name.
poll-footer-choose = { $id } · To vote, type: !vote { $id } and a letter (for example: !vote { $id } a). You can change your vote until it closes.
poll-footer-proposal = { $id } · To vote, type: !vote { $id } for (or: against, abstain). You can change your vote until it closes.
poll-footer-consent = { $id } · To answer, type: !vote { $id } consent (or: stand aside, objection and why). You can change your answer until it closes.
poll-footer-consent-confidential = { $id } · To answer, type in private: !vote { $id } consent (or: stand aside, objection). You can change your answer until it closes.
poll-footer-score = { $id } · To vote, type for example: !vote { $id } a5 b3 c0. You can change your vote until it closes.
poll-footer-points = { $id } · To vote, type for example: !vote { $id } a6 c4. You can change your vote until it closes.
poll-footer-rank = { $id } · To vote, type for example: !vote { $id } b > a = d > c. You can change your vote until it closes.
poll-footer-elect = { $id } · To vote, type for example: !vote { $id } b > a > d. You can change your vote until it closes.
poll-footer-budget = { $id } · To vote, type for example: !vote { $id } a c. You can change your vote until it closes.
poll-footer-date = { $id } · To answer, type for example: !vote { $id } a yes b if need be. You can change your answer until it closes.
poll-footer-closed = { $id } · Open polls: !poll show
poll-outcome-none =
    { $of ->
        [organisations] No organization voted.
       *[persons] Nobody voted.
    }
poll-outcome-both = People: { $persons } Organizations: { $organisations }
poll-outcome-quorum = The quorum was not reached.
poll-outcome-no-quorum = The quorum was not reached: nothing is decided.
poll-outcome-passed = The proposal passed.
poll-outcome-failed = The proposal did not pass.
poll-outcome-consent = Consent is given.
poll-outcome-objection = There is an objection: consent is not given.
poll-outcome-discuss =
    { $of ->
        [organisations] To be discussed: too many organizations stand aside, or none consents.
       *[persons] To be discussed: too many stand aside, or nobody consents.
    }
poll-outcome-votes = "{ $labels }" leads with { $figure } of { $cast } votes.
poll-outcome-votes-tie = A tie for first, with { $figure } votes each: { $labels }.
poll-outcome-score = "{ $labels }" leads with { $figure } points.
poll-outcome-score-tie = A tie for first, with { $figure } points each: { $labels }.
poll-outcome-points = "{ $labels }" leads with { $figure } points.
poll-outcome-points-tie = A tie for first, with { $figure } points each: { $labels }.
poll-outcome-date =
    { $of ->
        [organisations] The date that suits most organizations: { $labels } ({ $figure } yes).
       *[persons] The date that suits most: { $labels } ({ $figure } yes).
    }
poll-outcome-date-tie =
    { $of ->
        [organisations] These dates suit as many organizations ({ $figure } yes): { $labels }.
       *[persons] These dates suit as many ({ $figure } yes): { $labels }.
    }
poll-outcome-order = Order: { $order }.
poll-outcome-condorcet = "{ $label }" beats every other option.
poll-outcome-shortlist = Chosen: { $labels }.
poll-outcome-shortlist-tie =
    { $places ->
        [one] A tie for the last place: { $labels }.
       *[other] A tie for the last { $places } places: { $labels }.
    }
poll-outcome-elected =
    { $count ->
        [one] Elected: { $labels }.
       *[other] Elected: { $labels }.
    }
poll-outcome-elected-tie = A tie that the rule does not break: { $labels }.
poll-outcome-funded = Funded: { $labels } (${ $spent }).
poll-outcome-funded-none = Nothing is funded.
poll-outcome-funded-tie = A tie: { $count } selections are possible. { $ways }.
poll-outcome-lot = By lot between { $tied }: "{ $option }" (draw "{ $draw }", seed { $seed }).
poll-pairs = Two by two
poll-pair = { $one }: { $above } · { $other }: { $below }
poll-rounds = Rounds
poll-round =
    { $exhausted ->
        [0] Round { $round }: { $votes }. Out: { $out }.
       *[other] Round { $round }: { $votes } (exhausted ballots: { $exhausted }). Out: { $out }.
    }
poll-stages = Stages (quota: { $quota })
poll-stage-first = First preferences: { $votes }.
poll-stage-surplus = Surplus of { $who }: { $votes }.
poll-stage-exclusion = Exclusion of { $who }: { $votes }.
poll-whose-tally =
    { $of ->
        [organisations] Organizations
       *[persons] People
    }
poll-reasons = Reasons of objections
poll-named = Who said what
poll-named-line = { $name }: { $who }
poll-statement = What follows
poll-destroyed = The ballots and their keys are destroyed. Fingerprint of the result: { $fingerprint }.
poll-review = We look at it again { $when }.
poll-results-title = Result: { $question }
poll-reminder-title = Last day to vote: { $question }
poll-menu-placeholder = Your choice
poll-list-title = Open polls
poll-none = No poll is open at the moment.
poll-line = { $id } · { $question } (closes { $when })
poll-opened = Poll { $id } is open. It closes { $when }.
poll-scheduled = Poll { $id } is announced. It opens { $opens } and closes { $when }.
poll-extended = Poll { $id } stays open longer. It closes { $when }.
poll-room-recorded = The room's votes are noted for { $id }. Enter them again to correct them.
poll-concluded = What follows from { $id } is told in the rooms.
poll-published = The ballots are published one by one, under their receipts: "!poll ballots { $id }". The keys and the list of who voted are destroyed. Fingerprint of the result: { $fingerprint }.
poll-destroyed-few = Fewer than { $few } ballots: they are not published one by one. The ballots and their keys are destroyed. Fingerprint of the result: { $fingerprint }.
poll-receipts = At the close, if there are at least { $few }, the ballots will be published one by one, each under a receipt that only its voter knows.
poll-receipt = Your receipt: { $receipt }. With it you can find your ballot in the published list. Shown to somebody, it proves your vote: keep it to yourself.
poll-receipt-in-private = Your ballot has a receipt. To get it, write to me in private: !vote { $id }
poll-own-sealed = You have voted. Your receipt: { $receipt }. Voting again replaces your ballot and keeps the receipt.
poll-ballots = Here are the ballots of { $id }, to be counted again against the published result.
poll-table = Here are the figures of { $id }, for a spreadsheet.
poll-closed = Poll { $id } is closed.
poll-voted = Your vote is saved for { $id }: { $ballot }. You can change it until it closes, { $when }.
poll-voted-for = The vote of { $name } is saved for { $id }: { $ballot }. Anybody who represents the organization can change it until it closes, { $when }.
poll-voted-confidential = Your ballot is saved for { $id }. You can change it until it closes, { $when }. It is repeated nowhere.

# Words of a ballot. "alias": other words that are accepted, separated by commas.
ballot-yes = yes
    .alias = y, for
ballot-no = no
    .alias = against
ballot-abstain = abstain
    .alias = abstention
ballot-if-need-be = if need be
    .alias = maybe, if needed
ballot-consent = consent
    .alias = i consent
ballot-stand-aside = stand aside
    .alias = i stand aside, stand-aside
ballot-objection = objection
    .alias = object, i object
ballot-blank = blank
    .alias = nothing
poll-dates-won =
    { $id }, { $question }: { $count ->
        [one] the date chosen is { $dates }. You can make a workshop of it, a draft first.
       *[other] these dates are tied: { $dates }. Choose one to make a workshop of it, a draft first.
    }
poll-make-workshop = Workshop: { $date }
poll-dates-won-footer =
    { $id } · To make a draft of it, type: !poll workshop { $id }{ $count ->
        [one] {""}
       *[other] {" option="}{ $letter }
    }
