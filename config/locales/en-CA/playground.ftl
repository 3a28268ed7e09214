# The playground's page.

# The page as a whole
playground-title = Playground
playground-skip = Skip to the rooms
playground-languages = Language of the page
playground-you-are = You are
playground-clock = The playground’s clock
playground-hour = +1 h
playground-day = +1 day
playground-deadline = Next deadline
playground-noscript = This page needs JavaScript.
playground-rooms = Room shown
playground-private = Private messages from the bot
playground-left = Room with buttons
playground-left-short = Buttons
playground-left-about = Like Discord: buttons, menus, forms, commands with “/”.
playground-left-label = Write in the room with buttons
playground-left-placeholder = Write, or type / for commands
playground-commands = Commands
playground-right = Typing room
playground-right-short = Typing
playground-right-about = Like Matrix: people type and react, commands with “!”.
playground-right-label = Write in the typing room
playground-right-placeholder = Write, for example: !help
playground-right-help = Enter sends. Shift and Enter start a new line.
playground-send = Send
playground-cancel = Cancel
playground-submit = Send the form

# People one can be
playground-name-organizer = Alix
playground-part-organizer = organizing team
playground-name-citizen-1 = Camille
playground-part-citizen-1 = takes part
playground-name-citizen-2 = Noor
playground-part-citizen-2 = takes part
playground-name-citizen-3 = Sacha
playground-part-citizen-3 = takes part
playground-name-partner = Dominique
playground-part-partner = partner, editor
playground-name-steward = Maxime
playground-part-steward = runs the bot

# Things to try, without the mark that starts a command
playground-examples = To try:
playground-example-workshop = workshop create "Feeding ourselves in 2040" next Thursday 7pm
playground-example-poll =
    poll create
    Where do we start?
    - Transportation
    - Buildings
    - Food
playground-example-going = coming A3
playground-example-vote = vote S1 a
playground-example-commitment = commitment take "I ride my bicycle to work"
playground-example-help = help

# What the server answers by itself
playground-hint-slash = In this room, commands start with “/”. Nothing was changed.
playground-hint-bang = In this room, commands start with “!”. Nothing was changed.
playground-missing = Still missing:
playground-optional = { $label } (optional)
playground-type-instead = Type, for example:

# Words of the script. %name% and its likes are filled in there.
playground-bot = Cercles
playground-edited = updated
playground-pinned = pinned
playground-only-you = visible only to you
playground-reply-only-you = reply, visible only to you
playground-private-message = private message
playground-reply = Replies
playground-used = %name% used %command%
playground-choose = Choose
playground-poll-answer = Answer
playground-poll-votes = (votes: %count%)
playground-react = Answer with a reaction
playground-reacted = %label%: %count% with the bot. %names%
playground-form-required = (required)
playground-sending = Sending.
playground-card-updated = Updated: %title%
playground-new-message = %room%, %name%: %text%
playground-new-private = Only for you: %text%
playground-options-found = %count% possible commands
playground-clock-moved = It is now: %now%
playground-no-deadline = No deadline is waiting.
playground-offline = The page has lost the bot. It keeps trying by itself.
playground-failed = That did not work. Nothing was sent.
