# The home programme: who exercises, what they agree to, today's plan, what is said on the way, and what the history tells.
# Plain words, short sentences.

## What someone wants to reach
home-goal-less-pain = Less pain
home-goal-move-freely = Move more freely
home-goal-get-stronger = Get stronger
home-goal-steady-on-feet = Stand and walk more safely
home-goal-daily-tasks = Manage my day more easily
home-goal-relax = Relax

## The body on the screen
home-body-woman = A woman
home-body-man = A man
home-body-mannequin = A wooden figure

## Consent, purpose by purpose. A change of meaning needs a new version (CONSENT_TEXT).
home-consent-camera = The camera may watch me exercise
    .why = Baro measures how you move. The picture stays on this device and is never kept. This is needed.
home-consent-diary = Keep my answers and what I did
    .why = Your plan and the safety checks need them. They stay on this device unless you connect it with your clinic. This is needed.
home-consent-movements = Keep my measured movements
    .why = Then you can look at a movement again. No picture is kept, only points of the body. You choose.
home-consent-crash-reports = Keep a report when the program fails
    .why = It helps to find the fault. It stays on this device, without your name and without your movements. You choose.
home-consent-clinic = Send my diary and my movements to my clinic
    .why = Your clinic's server keeps them safe. Nobody there may read them unless you agree to that, too. No picture is sent.
home-consent-therapist = My therapist may read my diary and write to me
    .why = They see what you did, your pain and your answers, and can change your plan.
home-consent-therapist-movements = My therapist may see my movements
    .why = They see the measured points of your body move, never a picture.
home-consent-class = I take part in classes
    .why = The leader of a class writes to me and sees what I do and when I need help. The others see only what I show them.

## Why an exercise is not in today's plan
home-left-out-condition = Left out because of what you told us about your health
home-left-out-position = Left out because it is done standing or on the floor
home-left-out-equipment = Left out because it needs something that you don't have
home-left-out-time = Left out because today's time is up
home-left-out-unknown = Left out because this version of Baro does not know it

## Said on the way
home-say-welcome = Welcome to Baro. Who is exercising today?
home-say-profile = Tell me a little about you.
home-say-consent = Before we start: what may Baro do?
home-say-consent-needed = Without the camera and the diary Baro can't coach you.
home-say-screening = A few questions about your health. Please answer yes or no.
home-say-see-doctor = Please talk to a doctor first. Your plan waits for you.
home-say-goals = What would you like to reach?
home-say-today = Here is your plan for today.
home-say-explain = Look at the exercise first. Take your time.
home-say-set-up = Step back until I can see all of you.
home-say-i-see-you = I can see you. We start.
home-say-not-seen = I can't see you any more. Come back into the picture.
home-say-left = This time the left side.
home-say-right = This time the right side.
home-say-set-done = Well done. The set is over.
home-say-set-check = How was it? Tell me about pain and effort.
home-say-rest = Have a rest.
home-say-paused = We wait. Go on when you are ready.
home-say-paused-unseen = I have not seen you for a while, so we wait.
home-say-resumed = On we go.
home-say-easier = We make it a little easier.
home-say-harder = We make it a little harder.
home-say-no-easier = There is nothing easier. You can leave this exercise out.
home-say-no-harder = This is as hard as it gets today.
home-say-symptoms = Is it one of these?
home-say-summary = That is all for today. Here is what you did.
home-pain-morning-after = How much pain did you have on the morning after your last session?

## Trends
home-trend-not-yet = Not yet a change
home-trend-more = More than at the start
home-trend-less = Less than at the start
home-trend-pain-more = More pain than at the start
home-trend-pain-less = Less pain than at the start
home-trend-why = A difference counts only when it is larger than the error of measuring it.
home-weeks-in-a-row = { $weeks ->
    [0] Every week is a good week to begin.
    [one] You exercised this week.
   *[other] You exercised { $weeks } weeks in a row.
}
home-adherence = { $done } of { $planned } days this week

## Taking along and deleting
home-export-done = { $files ->
    [one] { $files } file is in { $folder }.
   *[other] { $files } files are in { $folder }.
}
home-delete-ask = This removes everything about you from this device: your answers, your diary and your movements. It can't be undone.
home-delete-done = { $files ->
    [one] { $files } file was removed. Nothing about you is left in Baro.
   *[other] { $files } files were removed. Nothing about you is left in Baro.
}

## What went wrong, and what to do
home-fault-disk-full = The disk is full. Please make some room. What you did is kept in memory, and I try again.
home-fault-not-saved = I can't save at the moment. What you did is kept in memory, and I try again.
home-fault-not-read = A file can't be read. You can go on, but something may be missing.
home-fault-in-use = Baro is already open. Please close the other window first.
home-fault-assets = Some exercises are missing. Please install Baro again.
home-notice-settings = Your settings could not be read, so they are as at the start. The old file is kept.
home-notice-settings-fields = Some settings could not be read and are as at the start. The old file is kept.
home-notice-person = What you told about yourself could not be read. Please tell it again. The old file is kept.
home-notice-torn = Baro was closed while it was writing. The last entry of the diary may be missing.
home-notice-lines = A part of your diary could not be read and is left out. It is still in the file.
home-notice-plan = Your therapist's plan can't be read. Please ask for it again. Until then there is no plan.
home-notice-clock = The clock of this device was set back. Please check the date.
