using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Core.Response.Cards;

namespace Signals.Web.Help;

/// <summary>How far a person is with being set up, ready to be drawn.</summary>
/// <param name="Locale">The language of its words.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Progress">2 of 4 done.</param>
/// <param name="Done">How many steps are.</param>
/// <param name="Total">How many there are.</param>
/// <param name="Steps">The model's, in its order.</param>
/// <param name="Words">What else is said.</param>
internal sealed record ChecklistView(
    string Locale,
    string Title,
    string Progress,
    int Done,
    int Total,
    IReadOnlyList<ChecklistStepView> Steps,
    ChecklistWords Words
)
{
    public static ChecklistView? Of(Checklist? checklist, ValueModel model)
    {
        if (checklist is null || !model.Outreach.Checklist || model.Onboarding.Count == 0)
            return null;
        string locale = MessageLanguages.For(checklist.Locale, model.Locales);
        var language = Language.Of(locale);
        ChecklistStepView[] steps =
        [
            .. checklist
                .StepsOf(model)
                .Select(entry => new ChecklistStepView(
                    entry.Step.Id,
                    entry.Step.Name.In(locale),
                    entry.IsDone,
                    entry.IsDone ? null : entry.Step.Help?.In(locale)
                )),
        ];
        int done = steps.Count(step => step.Done);
        return new ChecklistView(
            locale,
            Phrase.Of($"Getting started with {model.Product}").In(language),
            Phrase.Of($"{done} of {steps.Length} done").In(language),
            done,
            steps.Length,
            steps,
            new ChecklistWords(
                language.Text("step|done"),
                language.Text("step|to do"),
                language.Text("Hide"),
                language.Text("All done: you are set up. Well done!")
            )
        );
    }
}

/// <param name="Id">The model's.</param>
/// <param name="Name">In the person's language.</param>
/// <param name="Done">By them, or for a step of the whole account by anybody in it.</param>
/// <param name="Url">Where it says how; null where it is done, or nothing says.</param>
internal sealed record ChecklistStepView(string Id, string Name, bool Done, string? Url);

/// <param name="Done">Of a step, to somebody who hears it.</param>
/// <param name="Open">The same while it is not.</param>
/// <param name="Close">The button that puts the list away.</param>
/// <param name="AllDone">What is said once, when the last step is done.</param>
internal sealed record ChecklistWords(string Done, string Open, string Close, string AllDone);
