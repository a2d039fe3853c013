using Signals.Core.Model;

namespace Signals.Web.Dashboard.Account;

/// <summary>The set-up steps: done, tried, failed, or late.</summary>
internal static class OnboardingSection
{
    public static Html Of(Reader reader, AccountFile file)
    {
        if (file.Model.Onboarding.Count == 0)
            return Html.Empty;
        return $"""
            <section><h2>{reader.Say("Onboarding", "Mise en route")}</h2>
            <ul class="list steps">{file.Model.Onboarding.Select(step => Step(reader, file, step))}</ul></section>
            """;
    }

    private static Html Step(Reader reader, AccountFile file, OnboardingStep step)
    {
        var usage = file.Usage;
        long done = usage.CountEver(step.Done),
            tried = usage.CountEver(step.Tried),
            failed = usage.CountEver(step.Failed);
        int? start = file.Context.StartDay;
        // Events that begin long after the customer did cannot tell whether the step was done before; the cause's rule says the same.
        bool unknowable = done + tried + failed == 0 && start is { } began && usage.FirstDay > began + step.WithinDays;
        bool late = done == 0 && start is { } first && file.Context.Today - first > step.WithinDays;
        var state =
            done > 0 ? Tag("good", reader.Say("done", "fait"))
            : failed > 0 ? Tag("bad", reader.Say("failed", "échoué"))
            : tried > 0 ? Tag("warn", reader.Say("tried", "tenté"))
            : unknowable ? Tag("", reader.Say("not known", "inconnu"))
            : late ? Tag("warn", reader.Say("late", "en retard"))
            : Tag("", reader.Say("not yet", "pas encore"));
        string?[] facts =
        [
            done > 0 && usage.FirstOf(step.Done) is { } at ? reader.Day(at) : null,
            tried > 0 ? reader.Count(tried, "try", "tries", "essai", "essais") : null,
            failed > 0 ? reader.Count(failed, "failure", "failures", "échec", "échecs") : null,
            unknowable ? reader.Say("they were a customer before events began", "client avant les premiers événements") : null,
            done == 0 && !unknowable
                ? reader.Say(
                    $"expected within {reader.Count(step.WithinDays, "day", "days", "jour", "jours")}",
                    $"attendu sous {reader.Count(step.WithinDays, "day", "days", "jour", "jours")}"
                )
                : null,
            step.Scope == StepScope.Person ? reader.Say("by each person", "par chaque personne") : null,
        ];
        return $"""<li><p>{state} {step.Name}</p><p class="line quiet">{string.Join(" · ", facts.OfType<string>())}</p></li>""";
    }

    private static Html Tag(string tone, string text) => $"""<span class="tag {tone}">{text}</span>""";
}
