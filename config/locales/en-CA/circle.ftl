circle-roles-title = Who may do what in this collective
circle-discord = On Discord, by permission
circle-matrix = On Matrix, by power level
circle-role = { $role }:
circle-level = { $level } or more
circle-or = {" or "}
circle-by-name-only = by name only
circle-by-name = By name
circle-nobody = Nobody.
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
        [workshop-cancelled] { $id }, workshop cancelled
        [poll-opened] { $id }, poll opened
        [poll-extended] { $id }, poll extended
        [poll-room_counted] { $id }, votes of a room entered
        [poll-closed] { $id }, poll closed
        [poll-stated] { $id }, outcome of the poll stated
        [digest-published] { $id }, digest published
       *[other] { $id }
    }
