# Safety: questions before a plan, pain and effort, when to stop, and why a plan changes.
# Plain words, short sentences. Nothing here is a diagnosis.

safety-flags-title = Before we start: a few questions about your health
safety-flags-why = If one of these is true, please see a doctor before you exercise.
safety-flag-major-trauma = Did you have a bad accident lately, such as a car crash or a fall from a height?
safety-flag-minor-trauma-weak-bone = Do you have weak bones or take steroids, and did you have a fall or a knock lately?
safety-flag-cancer-history = Do you have cancer now, or did you have it before?
safety-flag-weight-loss = Have you lost weight without trying to?
safety-flag-fever = Do you have a fever, feel ill, or have an infection?
safety-flag-night-pain = Does pain wake you at night, and stay the same however you lie?
safety-flag-saddle-numbness = Do you feel numb between your legs or around your bottom?
safety-flag-bladder-bowel = Is it new that you can't pass water, or can't hold your water or stool?
safety-flag-progressive-weakness = Is an arm or a leg getting weaker and weaker?
safety-answer-yes = Yes
safety-answer-no = No

safety-due-first = We ask these questions before your first plan.
safety-due-changed = Something has changed, so we ask these questions again.
safety-due-pain-rose = Your pain went from { $from } to { $to }, so we ask these questions again.
safety-due-long-break = You had a break of { $days } days, so we ask these questions again.

safety-news-title = Has anything changed?
safety-news-new-symptom = I have a new complaint
safety-news-accident = I had an accident or a fall
safety-news-illness-or-operation = I was ill or had an operation
safety-news-new-medicine = I take a new medicine
safety-news-stopped-session = I had to stop my last session

safety-advice-doctor = Please see a doctor before you go on. Your plan waits until then.
safety-advice-now = Stop now and get help. Call the emergency number or go to an emergency room.
safety-advice-told = Your therapist has been told.

safety-symptoms-title = Stop if you feel one of these
safety-symptom-chest-pain = Pain or pressure in the chest
safety-symptom-dizziness = Dizzy or about to faint
safety-symptom-new-numbness = New numbness or tingling
safety-symptom-new-weakness = Sudden weakness
safety-symptom-saddle-numbness = Numb between the legs
safety-symptom-bladder-bowel = Can't hold water or stool
safety-symptom-fall = A fall
safety-symptom-joint-locks = A joint that is stuck
safety-symptom-joint-gives-way = A joint that gives way

safety-pain-before = How much pain do you have now?
safety-pain-after-set = How much pain do you have after this set?
safety-pain-next-morning = How much pain did you have this morning?
safety-pain-0 = No pain
safety-pain-10 = Worst pain you can think of
safety-effort-after-set = How hard was this set?
safety-effort-0 = No effort
safety-effort-1 = Very easy
safety-effort-2 = Easy
safety-effort-3 = Moderate
safety-effort-4 = Somewhat hard
safety-effort-5 = Hard
safety-effort-6 = Hard to very hard
safety-effort-7 = Very hard
safety-effort-8 = Very, very hard
safety-effort-9 = Almost as hard as you can
safety-effort-10 = As hard as you can

safety-before-go-on = You can start as planned.
safety-before-easier = Start with less today.
safety-before-rest-today = Rest today. Try again tomorrow.
safety-before-blocked = Don't exercise until a doctor or your therapist says that it is safe.
safety-verdict-go-on = Go on as planned.
safety-verdict-watch = You can go on. We will ask about your pain tomorrow morning.
safety-verdict-easier = Do less in the next set.
safety-verdict-stop-exercise = That is enough of this exercise for today.
safety-verdict-stop-session = Stop for today.

safety-rule-symptom = You felt a warning sign.
safety-rule-pain-severe = Your pain is { $pain } of 10. That is strong pain.
safety-rule-pain-above = Your pain is { $pain } of 10. Up to { $limit } is all right.
safety-rule-pain-rose = Your pain went from { $from } to { $to }.
safety-rule-pain-to-watch = Your pain is { $pain } of 10. That is all right if it is gone by tomorrow morning.
safety-rule-pain-not-settled = Your pain went from { $from } to { $to } by the next morning.
safety-rule-effort-near-limit = Your effort was { $rpe } of 10. That is close to all you have.
safety-rule-effort-above = Your effort was { $rpe } of 10. Aim for { $target }.

safety-change-blocked = Please don't exercise for now.
safety-change-pause = We leave this exercise out for now.
safety-change-less = Next time we do a little less.
safety-change-easier = Next time we do an easier exercise.
safety-change-same = Next time we do the same.
safety-change-more = Next time we do a little more.
safety-change-harder = Next time we do a harder exercise.

safety-step-reps = repetitions
safety-step-hold = seconds held
safety-step-minutes = minutes
safety-step-sets = sets
safety-step-load = weight
safety-step-variant = exercise

safety-reason-red-flag = You said yes to a health question. A doctor should look at it first.
safety-reason-questions = Some health questions are still open.
safety-reason-symptom = You felt a warning sign. A doctor or your therapist should look at it first.
safety-reason-forbidden = Your therapist asked you not to do this exercise.
safety-reason-pain-above = Your pain went up to { $pain } of 10. Up to { $limit } is all right.
safety-reason-pain-not-settled = In the morning your pain was { $to }, before it was { $from }. It needs more time.
safety-reason-pain-morning-unknown = Your pain was { $pain } of 10, and we don't know how it was in the morning.
safety-reason-pain-to-watch = Your pain was { $pain } of 10. That is all right, but we go slowly.
safety-reason-pain-unknown = You did not say how much pain you had. We only do more when we know.
safety-reason-gap = { $days ->
    [one] Your last session was { $days } day ago. We start gently.
   *[other] Your last session was { $days } days ago. We start gently.
}
safety-reason-too-hard = Your effort was { $rpe } of 10. Aim for { $target }.
safety-reason-poor-score = Your score was { $score } of 100. With less, it will go better.
safety-reason-few-done = You did { $percent } percent of it. Let's make it easier to finish.
safety-reason-good-sessions = { $count ->
    [one] You did it all, and well, { $count } time.
   *[other] You did it all, and well, { $count } times in a row.
}
safety-reason-not-yet = { $count } of { $needed } good sessions in a row so far.
safety-reason-first-session = This is your first session.
safety-reason-at-top = You have reached the top of this exercise. Well done!
safety-reason-therapist-limit = Your therapist set this limit.
safety-reason-therapist-hold = Your therapist wants you to stay at this level.
