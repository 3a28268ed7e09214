pulse-title = Pulse check: { $question }
pulse-what = A pulse check decides nothing: it shows what people think at the moment. Answer in the poll below. Everybody in the room can see who answers what.
pulse-apart = It is taken elsewhere too. Each room has figures of its own, which do not add up: one person may answer in several places.
pulse-missing = The poll is not in this room: the bot could not show it, or it was removed.
pulse-ends = Ends { $when }.
pulse-is-over = Ended { $when }.
pulse-footer = { $id } · The bot keeps nothing about who answers.
pulse-result-title = Pulse check ended: { $question }
pulse-line =
    { $votes ->
        [one] { $answer }: { $votes } vote
       *[other] { $answer }: { $votes } votes
    }
pulse-about = Approximate figures: the count was not finished.
pulse-only-here = Non-binding: these are the figures of this room alone. They decide nothing, and are not added to those of any other room.
pulse-asked = Pulse check { $id } is in the rooms, with each network's own poll. It ends { $when }.
pulse-ended = Pulse check { $id } is over. Each room will show its own figures.
pulse-refused = The poll of a pulse check could not be shown in the room { $room }: { $reason }. The text beside it is there. On Discord, give the bot the permission Create Polls, then take the pulse again.
