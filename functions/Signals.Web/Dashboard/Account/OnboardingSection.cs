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
            <section><h2>{reader.Say("Onboarding")}</h2>
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
            done > 0 ? Tag("good", reader.Say("done"))
            : failed > 0 ? Tag("bad", reader.Say("failed"))
            : tried > 0 ? Tag("warn", reader.Say("tried"))
            : unknowable ? Tag("", reader.Say("not known"))
            : late ? Tag("warn", reader.Say("late"))
            : Tag("", reader.Say("not yet"));
        string?[] facts =
        [
            done > 0 && usage.FirstOf(step.Done) is { } at ? reader.Day(at) : null,
            tried > 0 ? reader.Count(tried, "{0} try", "{0} tries") : null,
            failed > 0 ? reader.Count(failed, "{0} failure", "{0} failures") : null,
            unknowable ? reader.Say("they were a customer before events began") : null,
            done == 0 && !unknowable ? reader.Say($"expected within {reader.Count(step.WithinDays, "{0} day", "{0} days")}") : null,
            step.Scope == StepScope.Person ? reader.Say("by each person") : null,
        ];
        var name = Html.Isolated(step.Name.In(reader.Language));
        return $"""<li><p>{state} {name}</p><p class="line quiet">{string.Join(" · ", facts.OfType<string>())}</p></li>""";
    }

    private static Html Tag(string tone, string text) => $"""<span class="tag {tone}">{text}</span>""";
}
