reminder-offer = Would you like private reminders, the day before workshops you are coming to, before the close of polls you have not voted in, and to hear how your commitments go? Type !reminders yes or !reminders no. I will not ask again.
reminder-yes = Yes, in private
reminder-no = No thanks
reminder-chosen-on = Noted. I will write to you in private, at this account, the day before workshops you are coming to, before the close of polls you have not voted in, and to hear how your commitments go (once in two weeks at most). To stop: !reminders no
reminder-chosen-off = Noted. I will send you no private reminders. To get them: !reminders yes
reminder-hello = Your reminders will come here, in private. To stop them: !reminders no
reminder-title = Your private reminders
reminder-what = I can write to you in private the day before a workshop you are coming to, or may be, before the close of a poll you have not voted in, and to hear how your commitments go (once in two weeks at most). Never between 21:00 and 8:00.
reminder-is-on = You said yes.
reminder-is-off = You said no: I send you no reminders.
reminder-is-unsaid = You have not chosen: I send you no reminders.
reminder-here = They come to this account.
reminder-elsewhere = They come to your account { $account }. To get them at this one: !reminders yes
reminder-how = To choose: the buttons, or type !reminders yes (or: !reminders no)
reminder-broken-here = My private messages do not reach this account. You will find reminders in the rooms.
reminder-broken-elsewhere = My private messages do not reach your account { $account }. You will find reminders in the rooms; to get them at this account, type !reminders yes.
reminder-open =
    { $network ->
        [discord] To get them in private on Discord: allow direct messages in the server’s privacy settings, then use the command “reminders yes”.
        [matrix] To get them in private on Matrix: accept my invitation to a private conversation. If you no longer have it, the command “reminders yes” sends another.
       *[other] To get them in private: use the command “reminders yes”.
    }
reminder-stop = To stop these reminders: !reminders no
reminder-workshop-tomorrow = It is tomorrow: { $title }
reminder-workshop-today = It is today: { $title }
reminder-workshop-coming = Coming up: { $title }
reminder-workshop-soon = It is soon: { $title }
reminder-workshop-yes = You answered “Going”. Is that still so?
reminder-workshop-maybe = You answered “Maybe”. Are you coming?
reminder-workshop-confirm = I confirm
reminder-workshop-cancel = I am not coming
reminder-poll-title = You have not voted yet: { $question }
