federation-title = { $name }: the member collectives
federation-footer = Only what is public there · Their pages and rooms say the rest
federation-section = In the member collectives
federation-step = Step
federation-plan = Plan
federation-plan-figures =
    { $milestones ->
        [one] { $milestones } milestone
       *[other] { $milestones } milestones
    }{ $counted ->
        [0] {""}
       *[other] ; actions done: { $done } of { $counted }
    }{ $free ->
        [0] {""}
       *[other] ; needing a lead: { $free }
    }
federation-quiet = nothing public yet
federation-polls = Open polls
federation-polls-figures =
    { $count ->
        [one] { $count } open poll: { $names }
       *[other] { $count } open polls: { $names }{ $more ->
            [0] {""}
           *[other] { " " }· and { $more } more
        }
    }
federation-workshops = Workshops to come
federation-workshops-figures =
    { $count ->
        [one] { $count } workshop to come: { $names }
       *[other] { $count } workshops to come: { $names }{ $more ->
            [0] {""}
           *[other] { " " }· and { $more } more
        }
    }
federation-organisations = Organizations
federation-organisations-figures =
    { $count ->
        [one] { $count } organization: { $names }
       *[other] { $count } organizations: { $names }{ $more ->
            [0] {""}
           *[other] { " " }· and { $more } more
        }
    }
federation-commitments = Commitments
federation-commitments-before = Commitments taken before { $when }
federation-commitments-public = { $name } (public): { $told }
federation-commitments-line = { $names } (only counted): { $told }
federation-commitments-all = In all (only counted): { $told }
federation-widened = Widening circles
federation-widened-figures = { $month }: { $people } participations and { $workshops } workshops held, in { $members } of the collectives, which published it. Who takes part in two collectives is counted twice.
