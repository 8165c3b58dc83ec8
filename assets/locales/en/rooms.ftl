# Settings, library and history.

rooms-close = Close
rooms-language = Language
rooms-english = English
rooms-korean = 한국어
rooms-text-size = Size of the text
rooms-percent = { $value } %
rooms-colours = Colours
rooms-light = Light
rooms-dark = Dark
rooms-high-contrast = High contrast
rooms-still = Less movement on the screen
rooms-still-note = Nothing fades or slides that does not have to.
rooms-sound = Sound
rooms-voice = The coach speaks
rooms-voice-note = Everything it says is also written on the screen.
rooms-volume = Loudness
rooms-camera = Camera and picture
rooms-camera-auto = The first that works
rooms-mirror = Show me as in a mirror
rooms-mirror-note = Your right hand is then on the right of the screen.
rooms-trainer-over = Show the trainer on my own body
rooms-trainer-over-note = The trainer then moves in your place, instead of beside you.
rooms-hands = Choose with a raised hand
rooms-hands-note = Hold a hand up for two seconds. The right hand presses the green button. The left hand presses the other one, or goes on to the next choice.
rooms-quality = Quality of the 3D picture
rooms-quality-auto = As this computer can
rooms-quality-low = Simple
rooms-quality-medium = Medium
rooms-quality-high = Best
rooms-full-screen = Fill the whole screen
rooms-full-screen-note = Everything gets larger and easier to see.
rooms-health = My health
rooms-health-changed = Something has changed
rooms-health-what = What has changed? We then ask the health questions again.
rooms-lock = Who can open my records
rooms-lock-system = They are locked with this computer's key store: your account here opens them, nobody else.
rooms-lock-passphrase = They are locked with your passphrase. Baro asks for it when it starts.
rooms-lock-file = This computer has no key store: whoever can use your account here can open them.
rooms-lock-none = There are none yet. The first one is locked with this computer's key store, where there is one.
rooms-lock-set = Lock with a passphrase
rooms-lock-change = Change the passphrase
rooms-lock-remove = Do without a passphrase
rooms-lock-new = New passphrase
rooms-lock-note = At least 8 characters. Write it down and keep it in a safe place: without it nobody can open your records, not even we.
rooms-lock-save = Lock with this
rooms-lock-keep = Leave it as it is
rooms-lock-done = Done.
rooms-lock-failed = That didn't work. Your records are locked as they were.
rooms-data = Your data
rooms-export = Save a copy of my data
rooms-exported = Your data is in the folder { $folder }.
rooms-delete = Delete everything about me
rooms-delete-sure = Yes, delete everything
rooms-delete-note = Your plan, your diary and your recorded movements will be gone from this computer. This can't be undone.
rooms-about = Baro { $version }. Free software under the Apache License 2.0.

rooms-routines = Routines
rooms-exercises = Exercises
rooms-games = Games
rooms-play = Play
rooms-play-later = You can play before or after your exercises, once the health questions are answered.
rooms-level = How hard
rooms-level-of = Level { $level }
rooms-filter = { $set ->
    [0] Find what fits
    [one] Find what fits (1 chosen)
   *[other] Find what fits ({ $set } chosen)
}
rooms-region = Part of the body
rooms-time = Time
rooms-up-to = Up to { $minutes } min
rooms-position = Position
rooms-nothing = Nothing
rooms-any = All
rooms-minutes = { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}
rooms-none-found = Nothing fits. Take back one of your choices.
rooms-take = Do this today
rooms-muscles = Works on
rooms-needs = You need
rooms-avoid = Ask your doctor first if this is you
rooms-sources = Sources

rooms-history-none = Your sessions will be shown here.
rooms-weeks = Weeks
rooms-week = { $done } of { $planned } days
rooms-week-of = Week of { $day }
rooms-days = Days
rooms-trends = How it goes
rooms-sets = What I did
rooms-weekdays = Mo Tu We Th Fr Sa Su
rooms-month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
rooms-day-done = { $day } { $month }: { $sets ->
    [one] 1 set
   *[other] { $sets } sets
}
rooms-trend-first = This is the first value. The next sessions will show how it goes.
rooms-see-again = See it again

rooms-trend-pain = Pain before the session
rooms-trend-score = { $exercise }: score
rooms-trend-range = { $exercise }: how far{ $side ->
    [left] , left
    [right] , right
   *[both] {""}
}
rooms-trend-test = { $exercise }: result

replay-note = From your therapist:
replay-title = Once more
replay-reading = The recording is being read.
replay-failed = This recording can't be shown. ({ $reason })
replay-no-rep = No repetition yet.
replay-said = What the coach said
replay-nothing-said = Nothing had to be said.
replay-time = Time
replay-before = Previous one
replay-after = Next one
replay-play = Play
replay-pause = Hold still
replay-slow = Slower
replay-normal = Normal speed
replay-turn = Turn

rooms-messages = Messages
rooms-messages-sentence = What you and your clinic wrote to each other. The newest is at the top.
rooms-messages-none = No one has written yet. You can ask your therapist something here.
rooms-messages-no-clinic = When a clinic is connected, you and your therapist can write to each other here.
rooms-messages-write = Write to your clinic
rooms-messages-send = Send
rooms-messages-see = See it again
rooms-messages-clinic = Your clinic, { $when }
rooms-messages-me = You, { $when }
rooms-messages-waits = You, { $when }. Not sent yet
rooms-messages-about = { $exercise }, at { $at }
rooms-messages-about-gone = About a movement that is not on this computer
rooms-messages-plan = A new plan from your therapist
rooms-messages-plan-new = New: { $name }, { $dose }
rooms-messages-plan-other = { $name }: { $from }. From now on: { $to }
rooms-messages-plan-gone = No more: { $name }
rooms-messages-plan-why = Why: { $why }
rooms-messages-failed = It could not be written just now. Please try again.

rooms-messages-hear = Listen
rooms-messages-unheard = This spoken note can't be played here. Please ask your clinic to write it.
rooms-messages-silent = This computer has no sound, so the spoken note can't be heard.
rooms-messages-spoken = A spoken note
rooms-messages-drawing = A drawing on your movement
rooms-messages-asked = Your clinic asks you to answer: { $title }
rooms-messages-not-asked = No longer asked: { $title }
rooms-messages-answered = You answered your clinic's questions.
rooms-messages-visit = Appointment: { $when }, { $minutes } minutes, at the clinic
rooms-messages-visit-live = Appointment: { $when }, { $minutes } minutes, here on the screen
rooms-messages-visit-moved = Appointment moved: { $when }, { $minutes } minutes
rooms-messages-visit-cancelled = Appointment cancelled: { $when }
rooms-messages-summary = About your visit:

rooms-questions = Questions from your clinic
rooms-questions-none = There is nothing to answer now.
rooms-questions-door = Questions from your clinic
rooms-questions-due = Your clinic asks you a few questions: { $title }. It takes about { $minutes } { $minutes ->
        [one] minute
       *[other] minutes
    }.
rooms-questions-later = Later
rooms-questions-yes = Yes
rooms-questions-no = No
rooms-questions-number = Your answer, a number
rooms-questions-words = Your answer
rooms-questions-done = Thank you
rooms-questions-sent = Your answers go to your clinic. They help your therapist to see how you are.
rooms-questions-failed = Your answers could not be written just now. They are still here: please open this again in a moment.
rooms-appointment = Next appointment: { $when }
rooms-appointment-live = Next appointment, here on the screen: { $when }
rooms-appointment-title = Appointment
rooms-appointment-today = today, { $time }
rooms-appointment-tomorrow = tomorrow, { $time }
rooms-appointment-keep = For my calendar
rooms-appointment-kept = Saved for your calendar: { $path }. Open this file with your calendar.
rooms-appointment-not-kept = The file for your calendar could not be written. Is there room on the disk?

rooms-crisis = You are not alone
rooms-crisis-sentence = You answered that you have had thoughts of being better off dead or of hurting yourself. Please talk to someone today.
rooms-crisis-call = Call now, at any hour: in Korea 109, in the USA 988, in the United Kingdom and Ireland 116 123.
rooms-crisis-danger = If you might hurt yourself soon, call the emergency number: 119 in Korea, 911 in the USA, 112 in Europe.
rooms-crisis-near = Stay with someone you trust, or ask them to come.
rooms-crisis-clinic = Your answer goes to your clinic, but nobody there may see it right away.
rooms-crisis-read = I have read this
