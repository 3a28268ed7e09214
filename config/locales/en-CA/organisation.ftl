organisation-roll-title = Partner organizations
organisation-roll-none = No organization is on the roll.
organisation-line = { $name } ({ $slug }) · { $sector }
organisation-sector-retired = retired sector
organisation-roll-voice = Each has one voice in the polls that give organizations one, through somebody who represents it.
organisation-roll-how = To keep this roll: "!organization add", "edit" or "retire". So that somebody represents an organization: "!mandate give" and its short name.
organisation-added = { $name } is on the roll. Its short name: { $slug }
organisation-added-next = So that somebody represents it:
organisation-edited = Changed: { $name } ({ $slug }) · { $sector }
organisation-retired = { $name } takes part no more, and nobody represents it. The vote that it had given in an open poll, if any, still counts.
mandate-code-title = Represent { $name }
mandate-code-how = Give this code to the person who will represent this organization. They write it to the bot in private (on Discord, "/mandate take" with this code):
mandate-code-careful =
    { $days ->
        [one] This code works once, for { $days } day. Whoever has it speaks for the organization: give it in private.
       *[other] This code works once, for { $days } days. Whoever has it speaks for the organization: give it in private.
    }
mandate-wrong = This code is wrong, or no longer good. Ask the organizers for another.
mandate-not-here = Not here: others read this room. If that was a code, it works no more. Ask the organizers for another and type it in private (on Discord, "/mandate take").
mandate-taken = Done. You represent { $name }.
mandate-taken-how = In polls where organizations have a voice, you can vote in your own name and on behalf of { $name }, for example:
mandate-taken-known = The organizers see which account represents the organization and votes for it. To represent it no more: "!mandate withdraw { $slug }".
mandate-own-title = Your mandates
mandate-own-none = You represent no organization. The organizers give mandates, by a code.
mandate-own-line = { $name } ({ $slug })
mandate-own-how = To vote on behalf of an organization, add "for" and its short name. To represent it no more: "!mandate withdraw" and its short name.
mandate-of-title = Who represents { $name }
mandate-of-none = Nobody represents it.
mandate-of-how = To withdraw a mandate: !mandate withdraw { $slug } account=…
mandate-ended = Done. This account no longer represents { $name }. What was voted for it stays its vote.
mandate-left = Done. You no longer represent { $name }. What you voted for it stays its vote.
