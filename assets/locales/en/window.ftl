# Texts of the window, English.

app-name = Baro

## Where the picture comes from
source-camera = Camera: { $name }
source-file = Playing the file { $name }
source-demo = Showing the bundled demo
source-demo-no-camera = No camera found: showing the bundled demo
source-demo-camera-failed = The camera can't be used: showing the bundled demo

## State of the session
state-starting = Getting ready…
state-paused = Paused
state-camera-lost = The camera is gone. Plug it in again: we go on by ourselves.
state-failed = Something went wrong
state-ended = Finished

## Does it see me?
sight-clear = I can see you
sight-lost = I can't see you
sight-lost-help = Step into the picture, so that your whole body shows.
sight-partial = I can't see your { $joint }
sight-partial-help = Step back a little, so that your whole body shows.

joint-head = head
joint-left-shoulder = left shoulder
joint-right-shoulder = right shoulder
joint-left-elbow = left elbow
joint-right-elbow = right elbow
joint-left-hand = left hand
joint-right-hand = right hand
joint-left-hip = left hip
joint-right-hip = right hip
joint-left-knee = left knee
joint-right-knee = right knee
joint-left-foot = left foot
joint-right-foot = right foot

## The counter
label-reps = Repetitions
label-partial = { $count ->
    [one] { $count } not finished
   *[other] { $count } not finished
}
label-score = Score
label-score-none = –
label-progress = To the target
label-you = You
label-trainer = Trainer
label-picture = Camera picture

## What to do now, where there is no cue
phase-rest = Ready when you are
phase-out = Slowly, keep going
phase-peak = Good! Now go back
phase-return = Slowly back to the start
phase-squat-rest = Stand tall. Sit back when you are ready
phase-squat-out = Sit back slowly
phase-squat-peak = Good! Now stand up
phase-squat-return = Stand up slowly
phase-shoulder-abduction-rest = Arms down. Raise them when you are ready
phase-shoulder-abduction-out = Raise your arm out to the side
phase-shoulder-abduction-peak = Good! Now lower it slowly
phase-shoulder-abduction-return = Lower it slowly

## Buttons
button-pause = Pause
button-resume = Go on
button-finish = Finish
button-picture-hide = Hide picture
button-picture-show = Show picture
button-language = 한국어
button-sound-off = Sound off
button-sound-on = Sound on
button-again = Again
button-next = Next: { $exercise }
button-quit = Close
button-retry = Try again

## Sound
sound-none = No sound device: read the cues on the screen
sound-no-voice = No voice for this language: read the cues on the screen
sound-muted = Sound is off

## Result
result-title = Well done!
result-title-none = Session ended
result-reps = { $count ->
    [one] { $count } repetition
   *[other] { $count } repetitions
}
result-partial = { $count ->
    [0] all finished
    [one] and { $count } not finished
   *[other] and { $count } not finished
}
result-score = Score { $score } of 100
result-score-none = No score yet: no repetition was finished.
result-rep = Repetition { $number }
result-rep-partial = Not finished
result-rep-score = { $score } points
result-rep-clean = Nothing to correct
result-points = −{ $points }
result-side-left = left
result-side-right = right
result-saved = Saved in { $path }
result-not-saved = This session could not be saved: { $reason }
result-more = { $count ->
    [one] and { $count } more
   *[other] and { $count } more
}

## Measured values
value-deg = { $value }°
value-s = { $value } s
value-ratio = { $value } %
value-plain = { $value }
value-m = { $value } cm
fault-value = measured { $value }, limit { $limit }
fault-value-about = measured about { $value }, limit { $limit }
fault-value-refused = can't be told from this view

## The picture's quality
quality-reduced = Simple picture: this computer has no graphics card in use

## When something fails
failure-source = The picture can't be opened. Check the camera or the file, then try again.
failure-model = The part that sees your movements can't start. Run "cargo xtask setup", then try again.
failure-program = Something inside the program went wrong. Please try again.
failure-kept = What you did until then has been kept.
