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
        [digest-published] { $id }, digest published
        [organisation-added] { $id }, organization added
        [organisation-edited] { $id }, organization edited
        [organisation-retired] { $id }, organization retired
        [mandate-offered] { $id }, code given for a mandate
        [mandate-taken] { $id }, mandate taken
        [mandate-withdrawn] { $id }, mandate withdrawn
        [poll-voted_for] { $id }, vote on behalf of { $organisation }
       *[other] { $id }
    }
