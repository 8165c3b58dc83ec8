# Questionnaires: what a therapist asks for and what was answered.

web-questionnaires = Questionnaires
web-asks-for-safety = On { $day } an answer asked for safety: thoughts of death or of self-harm. Please talk with them now.
web-safety-help = It stands on your list until somebody says that they have talked with the patient.
web-dealt = I have talked with them
web-asked = What is asked now
web-asked-nothing = No questionnaire is asked now.
web-asked-once = once
web-asked-every = { $days ->
    [one] every day
   *[other] every { $days } days
}
web-asked-since = Asked since { $when }.
web-answered-last = Last answered on { $day }.
web-answered-never = Not answered yet.
web-withdraw = Ask no more
web-withdraw-of = Ask no more: { $title }
web-ask-new = Ask for a questionnaire
web-which = Questionnaire
web-which-own = One of your own (below)
web-ask-days = Again after so many days
web-ask-days-help = Leave it empty to ask once.
web-own-questionnaire = A questionnaire of your own
web-own-json = FHIR Questionnaire (R4, JSON)
web-own-help = Paste the file's text, 64 KB at most. Use only what your clinic has a licence for.
web-ask-it = Ask for it
web-questionnaire-wrong = That is no questionnaire that can be used. It must be a FHIR R4 Questionnaire with id, url, title and copyright.
web-questionnaire-taken = A questionnaire of this name comes with the program. Please give yours another id and url.
web-questionnaire-long = That questionnaire is too long.
web-measure-not-yet = Not yet a change that matters.
web-measure-better = Better by as much as matters.
web-measure-worse = Worse by as much as matters.
web-least-change = { $points ->
    [one] A change matters from { $points } point on.
   *[other] A change matters from { $points } points on.
}
web-no-least-change = How much of a change matters is not known for this one.
web-no-sum = no sum: something was left out
web-safety-tag = asks for safety
