link-remove = remove
link-code-title = Link another account
link-code-how = From your other account, write to me in private (on Discord, "/link" with this code):
link-code-careful = This code works once, for { $minutes } minutes. Give it to nobody: it would link their account to yours. Nobody else will know that both accounts are yours.
link-wrong = This code is wrong, or no longer good. Ask for another with "!link" from your other account.
link-not-here = Not here: others read this room. If that was a code, it is no longer good. Ask for another and type it in private (on Discord, "/link").
link-linked = Done. Your accounts are linked: you now count as one person.
link-joined =
    { $count ->
        [one] { $count } act of this account is now with the others.
       *[other] { $count } acts of this account are now with the others.
    }
link-settled = You had answered with both accounts. Your last act counts:
link-settled-answer = { $id }: { $answer }
link-settled-ballot = { $id }: { $label }
link-settled-sealed = { $id } (confidential vote): one ballot counts, that of the account that gave the code. You can vote again.
link-receipt-changed = { $id } (confidential vote): your ballot has a new receipt. To see it, in private: !vote { $id }
link-nobody-knows = Nobody else can see this link. To undo it: "!unlink".
link-unlinked = Done. This account is no longer linked. What you did stays with your other accounts; I keep nothing about this one any more.
link-reminders-ended = Your private reminders came to this account and end. To get them at another, type there: !reminders yes
