# The plan as staff edit it in the browser: its fields, what is wrong, what changed, its versions.

plan-dose = { $exercise }: { $dose }, { $days ->
    [one] { $days } day
   *[other] { $days } days
} a week
plan-new = New: { $dose }
plan-gone = No more: { $exercise }
plan-other = { $exercise }: { $changes }
plan-moved = { $field } { $from } → { $to }
plan-none = none
plan-order = The order is otherwise.
plan-held = The program may not make it harder by itself.
plan-free = The program may make it harder by itself again.
plan-forbidden-now = Not to be done: { $exercise }
plan-forbidden-no-more = May be done again: { $exercise }

plan-exercise = exercise
plan-sets = sets
plan-reps = repetitions
plan-hold = hold (seconds)
plan-minutes = minutes
plan-days = days a week
plan-side = side
plan-side-auto = whichever moves
plan-side-left = left
plan-side-right = right
plan-rest = rest between sets (seconds)
plan-tempo = tempo
plan-out = out (seconds)
plan-far = at the far end (seconds)
plan-back = back (seconds)
plan-pause = pause (seconds)
plan-load = weight (kg)
plan-rpe = effort to aim at (0 to 10)
plan-pain = most pain (0 to 10)
plan-max-sets = most sets
plan-max-reps = most repetitions
plan-max-hold-s = longest hold (seconds)
plan-max-minutes = most minutes
plan-max-load-kg = most weight (kg)
plan-max-days-a-week = most days a week
plan-max-rpe = most effort (0 to 10)
plan-max-pain = most pain (0 to 10)
plan-min-rest-s = least rest between sets (seconds)
plan-no-progress = The program may not make it harder by itself
plan-forbidden = Exercises that must not be done
plan-limits = Limits
plan-limits-help = They always win. An empty field is no limit.
plan-more = Rest, tempo, weight, effort

plan-empty = There is no exercise in it yet. Add one, or start from a template.
plan-up = Up
plan-down = Down
plan-remove = Remove
plan-add-which = Another exercise
plan-add = Add
plan-templates = Templates
plan-template = Template
plan-templates-shipped = Of the program
plan-templates-own = Of the clinic
plan-take = Take it in the place of these exercises
plan-append = Add its exercises
plan-drop = Remove this template of the clinic
plan-name = Name of a new template
plan-name-help = Everybody in the clinic sees its name and the exercises; nothing of the patient.
plan-keep = Save these exercises as a template
plan-template-many = The clinic has as many templates as there may be. Please remove one first.
plan-template-unreadable = This template can't be read by this version.
plan-look = Look at it as the patient does

plan-found = Nothing was saved yet. Please put this right; everything that you typed is still there.
plan-finding = { $field }: { $what }
plan-finding-of = { $exercise }, { $field }: { $what }
plan-wrong-number = Please write a number.
plan-wrong-empty = Please write something.
plan-wrong-long = That is too long.
plan-wrong-much = The plan is too large to be sent: it asks for too many of the clinic’s own exercises. Take some of them out.
plan-wrong-missing = This exercise needs it. Please write a number.
plan-wrong-not-here = This exercise has none. Please leave it empty.
plan-wrong-outside = Please write a number from { $low } to { $high }.
plan-wrong-fast = { $stage } would cost points; at least { $seconds } please.
plan-wrong-slow = { $stage } would cost points; at most { $seconds } please.
plan-wrong-above = That is above the limit of { $limit }, which would win. Please change one of them.
plan-wrong-below = That is below the limit of { $limit }, which would win. Please change one of them.
plan-wrong-forbidden = It stands among the exercises that must not be done. Please change one of them.
plan-wrong-twice = It stands in the plan twice for the same side. Please remove one, or choose another side.
plan-wrong-unknown = The program does not know this exercise. Please remove it.

plan-notice-again = This is the version of { $when }. It holds again when you save it.
plan-notice-kept = The template is saved. The patient's plan is as it was.
plan-notice-dropped = The template is removed.
plan-meanwhile = The plan has changed since you opened this page
plan-meanwhile-who = { $when }, { $who }
plan-meanwhile-theirs = The plan as it is now
plan-meanwhile-yours = Below is what you typed; nothing of it was saved. If you save now, yours takes the place of theirs.

plan-preview = As the patient sees it
plan-preview-changes = What changes
plan-preview-minutes = { $minutes ->
    [one] About { $minutes } minute
   *[other] About { $minutes } minutes
}
plan-figures = { $exercise }, shown in four figures from the beginning to the end
plan-no-change = Nothing is otherwise.

plan-history = Versions of the plan
plan-version = Version { $number }
plan-holds = holds now
plan-by-you = by you
plan-by = by { $id } of the clinic
plan-unreadable = This version can't be read here.
plan-whole = The whole plan
plan-again = Take it up again

plan-why = why
