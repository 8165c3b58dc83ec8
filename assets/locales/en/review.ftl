# What a therapist looks at: reasons on the triage board, a set, questionnaires. For professionals: exact, short, no blame.

## How strong a reason is
review-strength-low = For information
review-strength-medium = Soon
review-strength-high = Today
review-strength-urgent = Now

## Reasons on the triage board
review-reason-asks-for-safety = { $measure }: thoughts of death or self-harm on { $day }. Talk with the person now.
review-reason-red-flags = Red flag told on { $day }: { $flag }{ $more ->
    [0] {""}
   *[other] {" "}and { $more } more
}. Exercise is blocked until it is looked into.
review-reason-symptom = Stop symptom on { $day }: { $symptom }. Exercise is blocked until it is looked into.
review-reason-stopped-by-rule = { $times ->
    [one] A safety rule stopped the session on { $day }.
   *[other] Safety rules stopped { $times } sessions, last on { $day }.
}
review-reason-pain-rise = Pain before exercise is { $to } of 10; { $from } is usual.
review-reason-range-lost = { $exercise }, { $movement } ({ $side }): { $to } ± { $to-error }, was { $from } ± { $from-error }. More than measuring error, in both of the last two sessions.
review-reason-score-fall = { $exercise }: score { $to }, was { $from }, in both of the last two sessions. { $part }
review-reason-measure-worse = { $measure }: { $to }, was { $from }. A change that matters.
review-reason-adherence = Exercised on { $done } of { $planned } planned days in { $days } days ({ $before } in the { $days } days before).
review-reason-message = { $count ->
    [one] A message without an answer
   *[other] { $count } messages without an answer
}{ $days ->
    [0] , since today
    [one] , since yesterday
   *[other] , for { $days } days
}.
review-reason-quiet = No session for { $days } days.

## Red flags by name
review-flag-major-trauma = serious accident
review-flag-minor-trauma-weak-bone = minor fall or knock with weak bones or steroids
review-flag-cancer-history = cancer, now or before
review-flag-weight-loss = unexplained weight loss
review-flag-fever = fever or infection
review-flag-night-pain = night pain in every position
review-flag-saddle-numbness = saddle numbness
review-flag-bladder-bowel = new bladder or bowel trouble
review-flag-progressive-weakness = progressive weakness

## Parts of a score
review-part-range = Range
review-part-form = Form
review-part-tempo = Tempo
review-part-stability = Stability
review-part-symmetry = Symmetry

## What fell most with a score
review-fell-range = Mostly the range.
review-fell-form = Mostly the form.
review-fell-tempo = Mostly the tempo.
review-fell-stability = Mostly the stability.
review-fell-symmetry = Mostly the symmetry.
review-fell-none = {""}

## A set
review-worst-lost = Lost the most points
review-worst-partial = Begun, not completed
review-gap-paused = Paused
review-gap-camera = Camera away
review-agrees-whole = The score made at home comes out again, bit for bit.
review-agrees-broken-off = The record breaks off; as far as it goes, the score comes out again.
review-agrees-differs = The score made at home does not come out again: another version of Baro scored it, or the record was changed. Shown is today's.
review-claim-firm = Measured
review-claim-cautious = Measured with caution
review-claim-refused = Can't be told from this view
review-norm-people = { $people } people, anonymous: median and the middle half
review-norm-few = A norm takes 5 people or more; { $people ->
    [one] there is 1
   *[other] there are { $people }
}.

## Questionnaires
review-band-minimal = minimal
review-band-mild = mild
review-band-moderate = moderate
review-band-moderately-severe = moderately severe
review-band-severe = severe
