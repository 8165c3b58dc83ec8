# Texts of the screens round an exercise, English.

## Buttons
button-wrong = Pain or unwell
button-back = Go back
button-skip = Leave this out
button-easier = Easier
button-harder = Harder
button-explain-again = Explain it again
button-stop-today = Stop for today

## During a set
hud-set = Set { $set } of { $of }
hud-of = of { $of }
hud-of-seconds = of { $of } s
hud-hold = Hold
hud-hold-number = Hold { $hold } of { $of }
hud-said-hold = Held { $held } of { $of } seconds
hud-pace = Breaths
hud-breaths = { $count ->
    [one] { $count } round
   *[other] { $count } rounds
}
hud-left = { $time } left
hud-test = Test
hud-test-waits = The clock starts when you start
hud-count-of = { $count } of { $of }
hud-tempo = Speed: { $out } seconds there, { $peak } seconds stay, { $back } seconds back, { $rest } seconds rest
hud-why = Score { $score } · Why?
hud-why-close = Score { $score } · Close
hud-why-title = Your last repetition
hud-why-none = Finish one repetition, then I can tell you.
hud-part-range = How far
hud-part-form = How correct
hud-part-tempo = How fast
hud-part-stability = How steady
hud-part-symmetry = Both sides alike

## Pause
paused-kept = What you have done is kept, even if you stop here.

## Rest
rest-title = Rest a little
rest-over = Ready for the next one?
rest-next = Next: { $exercise }, set { $set } of { $of }
rest-go = Go on now
rest-tip = Breathe calmly. Shake out your arms and legs.

## Before an exercise
explain-place = Exercise { $place } of { $of }
explain-start = I'm ready
explain-front = Face the camera
explain-side = Your side to the camera
explain-things = You need: { $things }
dose-sets = { $sets ->
    [one] { $sets } set
   *[other] { $sets } sets
}
dose-holds = { $count ->
    [one] hold for { $seconds } seconds
   *[other] { $count } times, hold for { $seconds } seconds
}
dose-minutes = { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
}
result-reps-asked = { $count ->
    [one] { $count } repetition
   *[other] { $count } repetitions
}

## Set-up
setup-begin = Begin
setup-camera = Other camera

failure-done-unseen = I have done it without the camera

## Raised hands
hands-walk = Left hand up: next. Right hand up: choose.
