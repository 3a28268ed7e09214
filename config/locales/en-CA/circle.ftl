circle-title = Circles
circle-none = There is no circle yet.
circle-line =
    { $rooms ->
        [0] { $name } ({ $slug })
        [one] { $name } ({ $slug }), { $rooms } room
       *[other] { $name } ({ $slug }), { $rooms } rooms
    }
circle-what = A circle brings rooms and organizations together, never people. Whoever acts from one of its rooms acts within it and within those around it; nothing is kept of that.
circle-how = To keep this list: "!circle add", "fill", "edit" or "retire". To restrict a workshop or a poll to a circle: who=circle:short-name.
circle-added = The circle "{ $name }" is made. Its short name: { $slug }
circle-added-next = To put rooms and organizations into it: "!circle fill { $slug } rooms=here organizations=…".
circle-edited = Changed: { $name } ({ $slug })
circle-filled = Done. Put into "{ $name }": { $rooms ->
        [0] no room
        [one] { $rooms } room
       *[other] { $rooms } rooms
    } and { $organisations ->
        [0] no organization
        [one] { $organisations } organization
       *[other] { $organisations } organizations
    }.
circle-taken-out = Done. Taken out of their circle: { $rooms ->
        [0] no room
        [one] { $rooms } room
       *[other] { $rooms } rooms
    } and { $organisations ->
        [0] no organization
        [one] { $organisations } organization
       *[other] { $organisations } organizations
    }.
circle-retired = The circle "{ $name }" is no longer in use. What it brought together is now in the circle around it, if there was one. What was restricted to it takes no new answers.
circle-roles-title = Who may do what in this collective
circle-discord = On Discord, by permission
circle-matrix = On Matrix, by power level
circle-role = { $role }:
circle-level = { $level } or more
circle-or = {" or "}
circle-by-name-only = by name only
circle-by-name = By name
circle-nobody = Nobody.
circle-representatives = Who represents an organization
circle-represents = { $account }: { $organisation }
circle-grant = { $account }: { $role }
journal-title = Log
journal-empty = Nothing yet.
journal-line = { $when }: { $act }, by { $who }
journal-erased = somebody whose data was erased
journal-act =
    { $act ->
        [workshop-drafted] { $id }, draft of a workshop kept
        [workshop-scheduled] { $id }, announcement of a workshop scheduled
        [workshop-discarded] { $id }, draft of a workshop discarded
        [workshop-announced] { $id }, workshop announced
        [workshop-edited] { $id }, workshop edited
        [workshop-attended] { $id }, attendance noted
        [workshop-reported] { $id }, report of a workshop written
        [workshop-cancelled] { $id }, workshop cancelled
        [workshop-repeated] { $id }, series set to repeat
        [workshop-skipped] { $id }, date of a series skipped
        [workshop-series_ended] { $id }, series ended
        [list-pinned] list of workshops pinned ({ $id })
        [list-unpinned] list of workshops taken away ({ $id })
        [poll-opened] { $id }, poll opened
        [poll-extended] { $id }, poll extended
        [poll-room_counted] { $id }, room's votes entered
        [poll-closed] { $id }, poll closed
        [poll-stated] { $id }, what follows was told
        [poll-proposals_extended] { $id }, proposals extended
        [poll-options_added] { $id }, options added
        [proposal-accepted] { $id }, proposal accepted
        [proposal-refused] { $id }, proposal refused
        [pulse-asked] { $id }, pulse check begun
        [pulse-ended] { $id }, pulse check ended
        [commitment-taken] { $id }, commitment made for { $organisation }
        [commitment-under_way] { $id }, commitment of { $organisation } under way
        [commitment-kept] { $id }, commitment of { $organisation } kept
        [commitment-postponed] { $id }, commitment of { $organisation } postponed
        [commitment-handed_over] { $id }, commitment taken over by { $organisation }
        [commitment-withdrawn] { $id }, commitment of { $organisation } withdrawn
        [commitment-hidden] { $id }, name hidden
        [commitment-helped] { $id }, a hand lent
        [pledge-opened] { $id }, pledge opened
        [pledge-joined] { $id }, pledge joined for { $organisation }
        [pledge-closed] { $id }, pledge closed
        [digest-published] { $id }, digest published
        [organisation-added] { $id }, organization added
        [organisation-edited] { $id }, organization edited
        [organisation-retired] { $id }, organization retired
        [mandate-offered] { $id }, code given for a mandate
        [mandate-taken] { $id }, mandate taken
        [mandate-withdrawn] { $id }, mandate withdrawn
        [poll-voted_for] { $id }, vote on behalf of { $organisation }
        [circle-added] { $id }, circle made
        [circle-edited] { $id }, circle edited
        [circle-retired] { $id }, circle retired
        [circle-filled] { $id }, circle filled
        [milestone-added] { $id }, milestone added
        [milestone-edited] { $id }, milestone edited
        [action-added] { $id }, action added
        [action-edited] { $id }, action edited
        [action-carried] { $id }, action carried on behalf of { $organisation }
        [step-chosen] { $id }, step of the process
        [plan-adopted] { $id }, plan adopted or dated
        [action-evaluated] { $id }, outcome written
        [plan-revised] { $id }, plan evaluated and carried on
        [suggestion-added] { $id }, added to the catalogue
        [suggestion-edited] { $id }, idea of the catalogue changed
        [suggestion-retired] { $id }, idea taken out of the catalogue
       *[other] { $id }
    }
widening-title = Circles that widen: { $month }
widening-title-none = Circles that widen
widening-none = The first month will be measured at its end. I count acts (answers, votes, commitments), never messages nor reading, and I tell nothing of anybody.
widening-participants = Took part
widening-newcomers = Of them, for the first time
widening-returning = Of them, there the month before
widening-returning-share = { $people } ({ $share } of the people of the month before)
widening-taking-part = Take part
widening-inner = Commit or carry
widening-committing = Commit
widening-carrying = Carry
widening-organisations = Organizations that acted
widening-organisations-figures = { $count }, { $new } of them for the first time
widening-sectors = Sectors
widening-sectors-figures = { $count } this month; of the movement’s five sectors, { $own } of { $of } since the beginning
widening-workshops = Workshops held
widening-workshops-figures = { $count }, attendance: { $people }
widening-open = Acts of people who represent no organization
widening-untold = too few people to tell
widening-how = How it is counted: each person once, by their acts of the month. To take part: to vote, to say that one comes, to be there, to propose an option. To commit: to take a commitment. To carry: to organize, or to act for an organization. A figure is told only if nothing under { $least } can be worked out from it; confidential votes are not counted here. Nobody is classified anywhere.
widening-footer = Measured once a month · Your data: !my-data
