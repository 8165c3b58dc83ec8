# A recorded set, as a therapist looks at it in the browser.

web-set-waiting = Scoring this set again …
web-set-timeline = What happened when
web-set-timeline-told = { $reps } repetitions, { $lost } losses of points, { $said } things said by the coach, { $gaps } pauses. The tables below say the same.
web-set-said = Said
web-set-said-count = { $count ->
    [0] The coach said nothing
    [one] What the coach said, once
   *[other] What the coach said, { $count } times
}
web-set-rep = Repetition { $number }: { $score } of 100
web-set-number = No. { $number }
web-set-pain-after = Pain after
web-set-wrong = The patient pressed “Something is wrong” in a class.
web-set-before = ‹ Repetition
web-set-after = Repetition ›
web-set-camera = View
web-set-camera-front = as it was filmed
web-set-camera-left = from the left side
web-set-camera-right = from the right side
web-set-camera-free = turned by hand
web-set-who = In colour: this set. In green, to its right: { $other }. Both are at the same place of the repetition.
web-set-beside = Beside it
web-set-trainer = the trainer, as it is meant
web-set-nothing = nothing
web-set-others = Draw how my other patients move, without names
web-set-compare = Compare
web-set-curves-help = The band is the error: the true value is inside it 95 times of 100. Dots mean that no number can be told from where it was seen. Shaded: repetitions; the weakest one is darker.
web-set-numbers = { $name } as numbers
web-set-lowest = Lowest
web-set-highest = Highest
web-set-curve-told = { $side } from { $low } to { $high }.
web-set-cycle = The mean repetition
web-set-cycle-help = All complete repetitions, stretched to the same time: from their beginning (0 %) to their end (100 %). The bands are the error of measuring.
web-set-no-cycle = No complete repetition of this set was seen well enough for that.
web-set-this = this set
web-set-norm = other patients
web-set-same = No difference from { $day } that is beyond the error of both.
web-set-differs = From { $from } to { $to } %: up to { $value } { $way ->
    [less] less
   *[other] more
} than on { $day }, beyond the error of both.

web-set-no-comments = Nothing was written to this set yet.
web-set-joint = At which joint
web-set-no-joint = none
web-set-draw = Draw in the film
web-set-circle = Circle the joint
web-set-undo = Take the last line back
web-set-lines = Lines drawn:
web-set-draw-help = Stop the film at the moment, choose a joint or press on it, and draw. The lines lie at the depth of the joint and are sent with the comment. With the keyboard: choose a joint, then “Circle the joint”.
web-set-drawn = Done: write the comment to it
web-set-drawing = { $lines ->
    [one] Drawing, 1 line
   *[other] Drawing, { $lines } lines
}
web-set-spoken = Spoken
web-set-voice = Say it
web-set-voice-help = Up to a minute. It is pinned to the moment and the joint above.
web-set-record = Record
web-set-stop = Stop
web-set-voice-send = Send what I said
web-set-voice-drop = Throw it away
web-set-voice-refused = The browser may not use the microphone. Allow it, or write a comment.
web-set-voice-failed = It was not sent. Please try again.
web-set-bad-lines = The drawing can't be read. Please draw it again.
web-set-bad-sound = This recording can't be read. Please record it again.
web-joint-nose = head
web-joint-left-shoulder = left shoulder
web-joint-right-shoulder = right shoulder
web-joint-left-elbow = left elbow
web-joint-right-elbow = right elbow
web-joint-left-wrist = left wrist
web-joint-right-wrist = right wrist
web-joint-left-hip = left hip
web-joint-right-hip = right hip
web-joint-left-knee = left knee
web-joint-right-knee = right knee
web-joint-left-ankle = left ankle
web-joint-right-ankle = right ankle
web-joint-left-foot-index = left toes
web-joint-right-foot-index = right toes
web-joint-number = point { $number }
