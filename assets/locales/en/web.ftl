# Pages for staff, in the browser. Plain words; nothing here is a diagnosis.

web-skip = Skip to the content
web-navigation = Pages
web-other-language = 한국어
web-board = Patients
web-sign-in = Sign in
web-sign-out = Sign out
web-name = Name
web-password = Password
web-digits = Six digits of your authenticator
web-no-access = No password yet? Ask whoever runs the server for a link.
web-wrong = That was not right. Please check the name, the password and the digits. Digits work once; wait for new ones.
web-welcome = Choose your password
web-welcome-name = You will sign in with the name
web-welcome-password = At least { $least } letters. A sentence that only you know is easy to remember.
web-new-password = New password
web-again = The same once more
web-choose = Save and sign in
web-not-the-same = The two passwords are not the same.
web-too-short = The password is too short, or it holds your name.
web-wrong-digits = The digits were not right. They work once; wait for new ones.

web-problem = That is not possible
web-problem-sign-in = Please sign in.
web-problem-not-found = There is no such page.
web-problem-forbidden = Your role may not see this.
web-problem-consent = This patient has not agreed that you see this.
web-problem-movements = This patient has not agreed that you see their movements.
web-problem-foreign = This form is too old or came from somewhere else. Please go back, load the page again, and send it once more.
web-problem-wait = Too many tries. Please wait { $seconds ->
    [one] { $seconds } second
   *[other] { $seconds } seconds
}.
web-problem-unavailable = The server can't do that now. Please try again in a minute.
web-to-board = To the patients

web-nobody = Nobody has been given into your care yet.
web-hidden = Not shown
web-not-agreed = has not agreed
web-patient = Patient { $id }

web-date = { $day } { $month } { $year }
web-moment = { $day }, { $time }
web-month-1 = Jan
web-month-2 = Feb
web-month-3 = Mar
web-month-4 = Apr
web-month-5 = May
web-month-6 = Jun
web-month-7 = Jul
web-month-8 = Aug
web-month-9 = Sep
web-month-10 = Oct
web-month-11 = Nov
web-month-12 = Dec

web-log = Access log
web-log-of = Of
web-log-when = When
web-log-who = Who
web-log-what = What
web-log-nothing = Nobody has looked yet.
web-people = People
web-operator = Whoever runs the server
web-role-patient = patient
web-role-therapist = therapist
web-role-leader = class leader
web-role-admin = administrator
web-ask-devices = Devices and invitations
web-ask-sign-in = Signed in
web-ask-message = Message
web-ask-note = Comment on a set
web-ask-plan = Plan
web-ask-consent = Consent
web-ask-revoke = Ended a device's access
web-ask-erase = Erased everything
web-ask-posts = Diary, plan and messages
web-ask-records = Recorded movements
web-ask-audit = Access log
web-ask-patients = List of patients
web-ask-room = Class

web-day = Day
web-done = Done
web-pain-before = Pain before
web-pain-worst = Most pain after a set
web-stopped = Stopped by a safety rule
web-sessions = Sessions
web-no-sessions = Nothing was done yet.
web-look = Look at it
web-other-records = More recorded sets
web-trends = Over time
web-trend = { $name }: { $from } on { $since }, { $to } now
web-trend-error = The bars show the error: the true value is inside 95 times of 100.
web-score-of = { $exercise }: score
web-range-of = { $exercise }: { $measure } ({ $side })
web-test-of = { $exercise }: test
web-plan = Plan
web-no-plan = No plan was written here yet.
web-change-plan = Change the plan
web-plan-from-last = There is no plan yet. This is what the last session was done by.
web-why = Why
web-why-help = The patient reads this beside the new plan.
web-save-plan = Save the plan
web-messages = Messages
web-no-messages = Nothing was written yet.
web-from-patient = From the patient
web-from-staff = From the clinic
web-message = Message to the patient
web-send = Send
web-empty = Please write something.
web-text-too-long = That is too long.

web-film = The set as a film
web-film-canvas = The body as lines. Arrow keys turn the view, plus and minus bring it nearer and take it away, space plays.
web-film-help = Drag or use the arrow keys on the picture to turn it. On the bar, the arrow keys go forward and back.
web-play = Play
web-pause = Pause
web-scrub = Time in the set
web-speed = Speed
web-reset = Set the view back
web-number = No.
web-when = When
web-reach = How far
web-lost = Lost points
web-nothing-lost = Nothing
web-worst = To the weakest repetition
web-worst-tag = weakest
web-not-whole = not complete
web-show = Show
web-show-number = Show repetition { $number }
web-curves = How it moved
web-curves-help = The band is one standard deviation to either side; dashes mean that no number can be told from there.
web-more-curves = More curves
web-comments = Comments
web-comment = Comment
web-comment-time = At which second
web-comment-help = The patient reads it beside this moment of their set.
web-comment-send = Send the comment
web-no-such-time = The set has no such moment.
web-too-long = This set is too long to be shown.
web-unreadable = This set can't be read by this version.

web-thresholds = When I am told
web-thresholds-help = Whatever you choose: nothing is told as a change that is within the error of measuring it.
web-threshold-pain-rise = Pain rises by more than (of 10)
web-threshold-range-lost-deg = A range shrinks by more than (degrees)
web-threshold-score-fall = A score falls by more than (of 100)
web-threshold-adherence = Less than this share of the planned days is done (1 is all)
web-threshold-adherence-days = Counted over so many days
web-threshold-quiet-days = So many days without a session
web-threshold-message-days = So many days without an answer
web-threshold-stopped-days = A session stopped by a safety rule is told for so many days
web-threshold-baseline-days = Compared with the sessions of so many days
web-threshold-wrong = A number is missing, or makes no sense.
web-save = Save
web-need = { $need ->
    [0] Nobody of your { $all } needs you now.
    [one] { $need } of your { $all } needs you.
   *[other] { $need } of your { $all } need you.
}
web-no-reason = Nothing stands out.
