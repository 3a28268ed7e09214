digest-title = { $collective }: digest of { $days }
digest-decided = Decided
digest-decided-line = { $id } · { $question } { $outcome }
digest-held = Held
digest-committed = Commitments
digest-taken =
    { $count ->
        [one] { $count } commitment taken
       *[other] { $count } commitments taken
    }
digest-taken-few = Fewer than five commitments taken
digest-kept =
    { $count ->
        [one] { $count } commitment kept
       *[other] { $count } commitments kept
    }
digest-kept-few = Fewer than five commitments kept
digest-open = To decide
digest-next = Coming up
digest-footer = { $id } · Next workshops: !workshop show · Open polls: !poll show
digest-preview-footer = Preview. To publish it in the rooms, type: !digest publish
digest-published = Digest { $id } is published in the rooms.
