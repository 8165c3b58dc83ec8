# The screens between exercises.

flow-step = Step { $step } of { $of }
flow-begin = Start
flow-next = Next
flow-back = Go back
flow-leave = Done for today
flow-finish = Finish
flow-less = Less
flow-more = More

flow-welcome = Welcome to Baro
flow-welcome-sentence = Your exercises at home, with a coach that sees how you move. Choose your language.
flow-who = Who is exercising today?
flow-nameless = Someone without a name
flow-new-person = I am new here
flow-someone-else = Someone else

flow-profile = About you
flow-profile-sentence = Only what the coach needs. It stays on this computer.
flow-profile-name = What should we call you?
flow-profile-body = Which figure should stand for you on the screen?
flow-profile-seated = I exercise sitting down
flow-profile-seated-note = Then we only choose exercises for the chair.

flow-consent = What you agree to
flow-consent-sentence = You can change each of these later in the settings.
flow-consent-note = No picture and no video is ever kept.
flow-consent-needed = Without the camera and the diary the coach can't help you.
flow-agree = I agree

flow-question = Question { $at } of { $of }
flow-question-back = Previous question
flow-doctor = Please see a doctor first
flow-doctor-note = Your answers stay on this computer. Has a doctor or your therapist said that exercise is safe for you? Then you can go on here.
flow-doctor-cleared = A doctor says I can exercise

flow-goals = What would you like to train?
flow-goals-sentence = Choose one or more.
flow-goals-reach = What should get better?
flow-goals-equipment = What do you have at hand?
flow-goals-conditions = Do any of these apply to you?
flow-goals-when = How often and how long?
flow-days-name = Days
flow-days = { $days ->
    [one] 1 day a week
   *[other] { $days } days a week
}
flow-minutes-name = Time
flow-minutes = { $minutes } minutes a day

flow-greeting = { $name ->
    [none] Hello
   *[other] Hello, { $name }
}
flow-today-plan = { $name }, about { $minutes } minutes
flow-today-nothing = There is nothing to do today. Look round the library if you like.
flow-today-done = You have done today's exercises. Well done!
flow-today-again = Do it again
flow-plan-assigned = Your therapist's plan
flow-own-plan = Back to my plan
flow-library = Library
flow-history = History
flow-settings = Settings
flow-left-out = Not today: { $name }. { $why }

flow-dose-reps = { $sets ->
    [one] { $reps } times
   *[other] { $sets } sets of { $reps }
}
flow-dose-hold = { $sets ->
    [one] hold for { $seconds } seconds, { $reps } times
   *[other] { $sets } sets: hold for { $seconds } seconds, { $reps } times
}
flow-dose-paced = { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}
flow-dose-side = { $side ->
    [left] , left side
   *[right] , right side
}
flow-dose-load = , { $load } kg

flow-pain-name = Pain
flow-effort-name = Effort
flow-pain-sentence = 0 is no pain, 10 is the worst pain you can think of.
flow-set-check = How was that?
flow-set-done = { $done } of { $asked } done
flow-set-score = { $done } · score { $score }

flow-rest-today = Rest today
flow-symptoms = What is wrong?
flow-symptoms-sentence = Stop moving. Sit down if you can.
flow-symptoms-none = None of these
flow-to-summary = See what I did
flow-kept = Everything you did is saved.
flow-not-kept = Not everything could be saved yet. Is the disk full? We keep trying.
flow-next-time = Next time
flow-summary-done = { $name ->
    [none] Well done!
   *[other] Well done, { $name }!
}
flow-summary-stopped = Good that you listened to your body
flow-summary-sentence = { $sets ->
    [0] Nothing was done this time.
    [one] You did 1 set in { $minutes } min.
   *[other] You did { $sets } sets in { $minutes } min.
}
flow-score = score { $score }
flow-unwatched = done without the camera

flow-unlock = Your passphrase, please
flow-unlock-sentence = Your records are locked with it. They stay open until Baro is closed.
flow-unlock-field = Passphrase
flow-unlock-show = Show what I type
flow-unlock-open = Open
flow-unlock-without = Exercise without it
flow-unlock-without-note = Without it you can exercise, but today's movements are not kept and nothing is sent to your clinic.
flow-unlock-wrong = That passphrase is not right. Look at capital letters and at the keyboard's language, and try again.
flow-unlock-failed = The lock can't be read. You can exercise all the same; your records are not touched.
flow-unlock-busy = One moment.
