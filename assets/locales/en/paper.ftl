# The one-page report of a person's course, for the record and for a doctor. Exact and short; nothing here is a diagnosis.

paper-title = Course of home exercise
paper-person = Patient
paper-person-by-hand = Name, date of birth
paper-period = Period
paper-from-to = { $from } to { $to }
paper-sessions = Sessions
paper-sessions-of = { $count }
paper-day = { $day } { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
} { $year }
paper-short-day = { $day } { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}

paper-brief = In brief
paper-adherence = Exercised on { $done } of { $planned } planned days ({ $percent } %).
paper-adherence-no-plan = { $done ->
    [one] Exercised on { $done } day; there was no plan to hold it against.
   *[other] Exercised on { $done } days; there was no plan to hold it against.
}
paper-brief-pain = Pain before exercise (0 to 10): { $from } at first, { $to } at last: { $verdict } (a change from { $least } on).
paper-brief-ranges = Ranges of motion: { $changed } of { $all } changed by more than the error of measuring.
paper-brief-events = { $count ->
    [one] { $count } event asked for care
   *[other] { $count } events asked for care
}; { $open } not marked as looked into.
paper-no-events = No stop symptom, no warning sign, no session stopped by a safety rule.

paper-over-time = Over time
paper-pain = Pain before exercise (0 to 10)
paper-weeks = Days of exercise a week (light: planned)
paper-score-of = { $exercise }: score (0 to 100)
paper-range-of = { $exercise }: { $movement }
paper-chart = { $from } → { $to }: { $verdict }

paper-ranges = Ranges of motion
paper-exercise = Exercise
paper-movement = Movement
paper-first = First
paper-last = Last
paper-difference = Difference
paper-verdict = Change
paper-side = { $movement } ({ $side })
paper-value-error = { $value } ± { $error }
paper-value-on = { $value } ({ $day })
paper-more-than-before = changed: more
paper-less-than-before = changed: less
paper-pain-more = changed: more pain
paper-pain-less = changed: less pain
paper-better = changed: better
paper-worse = changed: worse
paper-not-yet = not yet a change
paper-once = measured once
paper-no-least = no agreed least change

paper-scores = Scores (0 to 100) and tests
paper-test = { $exercise } (test)
paper-measures = Questionnaires
paper-measure = Measure
paper-with-band = { $value }, { $band }
paper-least = Matters from
paper-asked-for-safety = On { $day } an answer asked for safety (thoughts of death or self-harm).

paper-plan = Plan
paper-dose = How much
paper-how-often = How often
paper-days-a-week = { $days ->
    [one] { $days } day a week
   *[other] { $days } days a week
}
paper-dose-sets = { $sets } × { $reps }
paper-dose-minutes = { $minutes } min
paper-dose-hold = hold { $seconds } s
paper-dose-load = { $load } kg
paper-plan-since = Since { $day }.
paper-plan-why = { $since } { $why }

paper-events = Safety
paper-day-column = Day
paper-event = What happened
paper-state = State
paper-cleared = looked into
paper-open = open
paper-event-symptom = Stop symptom: “{ $symptom }”
paper-event-flags = Warning signs: { $flags }
paper-event-pain-before = Pain { $pain } of 10 before exercise: no session
paper-event-after-set = { $exercise }: session stopped, pain { $pain } of 10

paper-sure = How sure the measurements are
paper-seen = The camera saw { $camera } sets; the patient told of { $told } that it did not see.
paper-claims = Of the ranges measured, { $firm } % can be told with their error, { $cautious } % with care, { $refused } % not from that view: the last are in no figure here.
paper-usual-error = The usual error of an angle is ± { $error }.

paper-more = { $count ->
    [one] { $count } more did not fit on this page.
   *[other] { $count } more did not fit on this page.
}
paper-errors = ± holds the true value 95 times of 100. A difference is called a change only when it is larger than the error of both values together (smallest detectable change), for pain from 2 points on, for questionnaires from their minimal important change on.
paper-no-diagnosis = Measured by Baro with one ordinary camera at home, without supervision. This page supports the judgement of professionals; it is no diagnosis.
paper-by = Written by { $by } on { $day } with Baro.

# The page in the browser that makes it.

web-report = Report for the record
web-report-help = One page (A4) of this patient's course: ranges of motion with their errors, pain, adherence, scores, questionnaires, plan and safety events.
web-report-from = From
web-report-to = To
web-report-show = Show this period
web-report-period = { $from } to { $to }
web-report-sessions = { $sessions ->
    [one] { $sessions } session
   *[other] { $sessions } sessions
} on { $days ->
    [one] { $days } day
   *[other] { $days } days
}.
web-report-pdf-en = PDF in English
web-report-pdf-ko = PDF in Korean
web-report-fhir = The same figures as FHIR (R4), with the PDF in it
web-report-hand-over = The page holds health data and no name: a line is left for it to be written by hand. Hand it over as you hand over any record.
web-report-by = { $role } { $id }
web-period-wrong = The first day must not come after the last one, and the period must be three years at most.
