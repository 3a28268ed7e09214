# The ballot on a page: a personal link, a form, no JavaScript.
web-open = Vote on a page
web-in-private = To fill in your ballot on a page, write to me in private: !vote { $id }
web-skip = Skip to the content
web-languages = Language
web-about = Ballot, { $id }
web-preview = A personal page to vote.
web-yours = This link is personal. Do not share it: whoever has it votes in your place.
web-closes = You can vote, and change your vote, until it closes, { $when }.
web-before = You have voted already. Your ballot is filled in below. The new one replaces it.
web-before-for = { $name } has voted already. Its ballot is filled in below. The new one replaces it.
web-before-sealed = You have voted already. Your ballot is sealed: it cannot be shown. A new one replaces it.
web-choice = Your choice
web-answer = Your answer
web-most = Check up to { $most } options.
web-support = Check what you support.
web-cost = Cost: ${ $cost }
web-score-none = No score
web-score = Score from 0 to 5
web-points = Points, from 0 to { $most }
web-rank = Rank
web-rank-none = Not ranked
web-rank-nth =
    { $rank ->
        [1] 1, the best option
       *[other] { $rank }
    }
web-rank-nth-name =
    { $rank ->
        [1] 1, first choice
       *[other] { $rank }
    }
web-yes = Yes
web-if-need-be = If need be
web-no = No
web-reason = Why you object
web-reason-note = Fill this in only if you object. The reason is shown without your name.
web-blank = Blank ballot
web-blank-note = You take part without choosing. Leave the rest empty then.
web-agree = I agree that my vote is kept
web-send = Vote
web-send-again = Replace my vote
web-error = Error
web-errors =
    { $count ->
        [one] There is a problem in the ballot.
       *[other] There are { $count } problems in the ballot.
    }
web-errors-note = Your vote is not saved. The one you gave before, if there is one, still counts.
web-error-at = { $label }: { $problem }
web-error-empty = Nothing is filled in. Answer, or choose "Blank ballot".
web-error-no-answer = Choose an answer.
web-error-blank-and-more = "Blank ballot" is checked, and the rest is filled in. Keep the one or the other.
web-error-number = Write a whole number, for example 3.
web-error-unknown = There is no such answer. Choose one of the list.
web-error-too-many = You checked { $chosen } options. The most is { $most }.
web-error-score = A score goes from { $min } to { $max }.
web-error-over-budget = You gave { $given } points. You have { $budget }.
web-error-over-cap = You gave { $points } points. The most per option is { $cap }.
web-error-equal-ranks = Another option has the same rank. Give each a rank of its own.
web-error-no-reason = Write why you object.
web-error-no-consent = Without your agreement, the vote cannot be kept. Tick the box.
web-error-reason-long = The text has { $length } characters. The most is { $max }. Make it shorter.
web-error-reason-control = The text holds an invisible character. Type it again without copy and paste.
web-voted-title = It is noted
web-voted-reason = Why you object
web-change = Change my vote
web-leave = You can close this page.
web-wrong-title = This link does not work
web-wrong = It is incomplete, or it was changed. Ask the bot for a new one: type "!vote" and the poll's number in a private message, or press "Vote" under the card.
web-expired-title = This link has expired
web-expired = A link works for a time only, and never after the close. If the poll is still open, ask the bot for a new one. The vote you gave, if there is one, still counts.
web-closed-title = The poll is closed
web-closed = Poll { $id } takes no more votes. The vote you gave, if there is one, counts. The result is in the rooms.
web-not-open-title = The poll is not open yet
web-not-open = Poll { $id } opens { $when }. Come back with this link then.
web-not-eligible-title = This poll is for other people
web-not-eligible = Poll { $id } is for people who took part before it opened.
web-cannot-title = Your vote is not saved
web-gone-title = There is nothing here
web-gone = This page does not exist. Check the address.
web-refused-title = The request comes from another page
web-refused = Your vote is not saved. Open your personal link and vote on its page.
web-failed-title = The vote could not be saved
web-failed = It is not your fault, and nothing was changed. Try again in a few minutes. If it happens again, give the organizers this reference: { $reference }.
