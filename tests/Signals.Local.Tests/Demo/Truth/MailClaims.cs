using System.Globalization;
using System.Text.RegularExpressions;
using Signals.Core.Model;

namespace Signals.Local.Tests.Demo.Truth;

/// <summary>
/// Every line that the demo's mails may hold, in English and French: what it claims, held against the event stream, or that it claims
/// nothing. A line that is not here is a fault, so a new sentence needs its proof before a customer reads it.
/// </summary>
internal static class MailClaims
{
    private const string Quote = "[“«] ?(?<quoted>[^”»]+?) ?[”»]";
    private const string More = "(?<more>.*)";
    private const string Date = "(?<day>\\d+)(?:er)? (?<month>\\p{L}+)";

    /// <summary>Eight times the floor of 15 minutes: hours of value.</summary>
    private const double HoursOfValue = 120;

    private static readonly string[] Months =
    [
        .. "January February March April May June July August September October November December".Split(' '),
        .. "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".Split(' '),
    ];

    private static readonly List<Claim> All =
    [
        new("You are getting this because you use Nimbus\\..*", (_, facts) => facts.DaysSeen(facts.Person.Id, 90) > 0),
        new("Vous recevez ce message parce que vous utilisez Nimbus\\..*", (_, facts) => facts.DaysSeen(facts.Person.Id, 90) > 0),
        // Names and goals.
        new("(?:Hello|Bonjour) (?<name>.+),", (said, facts) => said["name"] == facts.Person.Name.Split(' ')[0]),
        new(
            $"(?:Your goal with Nimbus:|Votre objectif avec Nimbus :) {Quote}\\. "
                + "(?:It looks as though you need something else today|Il semble que vos besoins aient changé)\\. .*",
            (said, facts) => Goal(said, facts) && facts.Count(["Cancel Viewed", "Plan Downgraded"], 31, facts.Person.Id) > 0
        ),
        new($"(?:Your goal:|Your team’s goal:|Votre objectif :|L’objectif de votre équipe :) {Quote}\\.{More}", Goal),
        new($"Once it is done, you can get on with your goal: {Quote}\\.", Goal),
        new($"Une fois cela fait, vous pourrez vous consacrer à votre objectif : {Quote}\\.", Goal),
        new($"It should not keep you from your goal any longer: {Quote}\\.", Goal),
        new($"Il ne faut pas que cela retarde plus longtemps votre objectif : {Quote}\\.", Goal),
        new($"We picked it because of your goal: {Quote}\\.", Goal),
        new($"Cela pourrait servir votre objectif : {Quote}\\.", Goal),
        // Set-up.
        new(
            $"(?:You tried|Vous avez tenté l’étape) {Quote} "
                + $"(?:and it failed|et elle a échoué)(?<again>, more than once|, plus d’une fois)?\\. {More}",
            (said, facts) =>
                facts.Step(said["quoted"]) is { } step
                && facts.Count(step.Failed, person: facts.Person.Id) >= (said["again"].Length > 0 ? 2 : 1)
                && IsOpen(step, facts)
        ),
        new($"(?:The step|L’étape) {Quote} (?:is not finished yet|n’est pas terminée)\\. {More}", StepIsOpen),
        new($"The step {Quote} still shows as open on our side\\. {More}", StepIsOpen),
        new($"De notre côté, l’étape {Quote} n’est toujours pas terminée\\. {More}", StepIsOpen),
        // Value.
        new("It looks as though you came to Nimbus for something and did not find it\\..*", LooksWithoutValue),
        new("Il semble que vous ayez cherché quelque chose dans Nimbus sans le trouver\\..*", LooksWithoutValue),
        new("Nimbus has not done much for you yet\\..*", (_, facts) => facts.Value(90, 0, facts.Person.Id) < 15),
        new("Nimbus ne vous a pas encore apporté grand-chose\\..*", (_, facts) => facts.Value(90, 0, facts.Person.Id) < 15),
        new("(?<account>.+) used to get a lot out of Nimbus\\. Lately it has been much less\\.", UsedToGetMore),
        new("Nimbus rendait de vrais services à (?<account>.+)\\. Ces derniers temps, il lui en rend beaucoup moins\\.", UsedToGetMore),
        new("Lately you have been getting more out of Nimbus than at any time in the eight weeks before\\..*", MoreThanEver),
        new("Ces derniers temps, Nimbus vous sert plus qu’à aucun moment des huit semaines précédentes\\..*", MoreThanEver),
        // Features.
        new(
            $"(?:The best place to begin is|Le meilleur point de départ est|Try|Essayez) {Quote}"
                + $"(?:, and only that|, et rien d’autre)?\\. {More}",
            NewToReader
        ),
        new(
            $"(?:Your plan|Votre formule) \\((?<plan>.+?)\\) (?:includes|comprend) {Quote}\\. (?<more>.+) "
                + "(?:As far as we can see, nobody at|À notre connaissance, personne chez) "
                + $"(?<account>.+?) (?:has used it (?<yet>yet)|has used it lately|"
                + $"n’en a (?<yet>encore) profité|n’en a profité récemment)\\.",
            (said, facts) =>
                facts.Feature(said["quoted"]) is { } feature
                && facts.IsInPlan(feature)
                && said["plan"] == facts.Account.Plan
                && said["account"] == facts.Account.Name
                && facts.Count(feature.Events, said["yet"].Length > 0 ? int.MaxValue : 28) == 0
                && facts.IsOfModel(said["more"])
        ),
        // Obstacles, payments, people who left.
        new("Something got in your way in Nimbus far more often than it should have: (?<kind>.+)\\. We are sorry\\.", Friction),
        new("Dans Nimbus, quelque chose vous a posé problème bien trop souvent : (?<kind>.+)\\. Nous en sommes désolés\\.", Friction),
        new($"The payment of (?<amount>\\d+) USD for Nimbus \\((?<account>.+)\\) did not go through on {Date}\\..*", Payment),
        new($"Le paiement de (?<amount>\\d+) USD pour Nimbus \\((?<account>.+)\\) n’a pas abouti le {Date}\\..*", Payment),
        new(
            $"The payment of (?<amount>\\d+) USD for Nimbus \\((?<account>.+)\\) "
                + $"has not reached us yet; it was last tried on {Date}\\..*",
            Payment
        ),
        new(
            $"Le paiement de (?<amount>\\d+) USD pour Nimbus \\((?<account>.+)\\) "
                + $"ne nous est pas encore parvenu ; la dernière tentative date du {Date}\\..*",
            Payment
        ),
        new(
            "It looks as though much of what (?<account>.+) does with Nimbus is in your hands now"
                + "(?<new>, perhaps without anyone having shown you around)?\\.",
            RestsWithReader
        ),
        new(
            "Il semble que l’usage de Nimbus chez (?<account>.+) repose désormais en grande partie sur vous(?<new>, peut-être sans que .+)?\\.",
            RestsWithReader
        ),
        new(
            "You know your way around, so we will spare you the beginners’ tour\\..*",
            (_, facts) => facts.Value(90, 0, facts.Person.Id) >= HoursOfValue
        ),
        new(
            "Vous connaissez déjà l’outil : nous vous épargnons la visite pour débutants\\..*",
            (_, facts) => facts.Value(90, 0, facts.Person.Id) >= HoursOfValue
        ),
        new($"(?:The account is set up already|Le compte est déjà configuré).+ (?:start with|commencez par) {Quote}.*", NewToReader),
        new("For what you pay \\(plan: (?<plan>.+)\\), you get less out of Nimbus than you should\\..*", Pays),
        new("Pour ce que vous payez \\(formule : (?<plan>.+)\\), Nimbus vous apporte moins qu’il ne devrait\\..*", Pays),
        new($"(?:Your plan includes|Votre formule comprend) {Quote},? .*", NewToReader),
        // What they said.
        new($"(?:You wrote to us about Nimbus:|Vous nous avez écrit au sujet de Nimbus :) {Quote} .*", Wrote),
        new("Your answer to our question about Nimbus made our day\\..*", Answered),
        new("Votre réponse à notre question sur Nimbus nous a fait très plaisir\\..*", Answered),
        // Times to come.
        new(
            $"(?:Your trial ends on|Votre essai se termine le) {Date}"
                + "(?<soon>: there is still time .+?| : il reste assez de temps .+?)?"
                + "\\. (?:If that is too soon to decide|Si c’est trop tôt pour vous décider), .*",
            (said, facts) =>
                facts.DayOf(facts.Account.TrialEndsOn) is { } ends
                && IsDay(said, ends)
                && ends >= facts.Today
                && (said["soon"].Length == 0 || ends.DayNumber - facts.Today.DayNumber is >= 1 and <= 3)
        ),
        new(
            $"(?:Your trial ended on|Votre essai s’est terminé le) {Date}[,. ].*",
            (said, facts) =>
                facts.DayOf(facts.Account.TrialEndsOn) is { } ended
                && IsDay(said, ended)
                && ended <= facts.Today
                && facts.Account is { Mrr: 0, RenewsOn: null }
        ),
        new(
            $"(?:(?:Your|The) plan renews on|(?:Votre|La) formule se renouvelle le) {Date} \\d{{4}}.*",
            (said, facts) => IsDay(said, facts.DayOf(facts.Account.RenewsOn)) && facts.DayOf(facts.Account.RenewsOn) >= facts.Today
        ),
    ];

    /// <summary>Lines that claim nothing: questions, offers, and how to answer.</summary>
    private static readonly HashSet<string> Harmless = new(Neutral.Lines, StringComparer.Ordinal);

    /// <summary>Null when the line is true at the moment; else what is wrong with it.</summary>
    public static string? Fault(string line, StoryFacts facts)
    {
        if (Harmless.Contains(line) || facts.IsOfModel(line) || line.StartsWith("https://", StringComparison.Ordinal))
            return null;
        foreach (var claim in All)
        {
            var match = claim.Line.Match(line);
            if (match.Success)
            {
                var said = claim.Line.GetGroupNames().ToDictionary(name => name, name => match.Groups[name].Value, StringComparer.Ordinal);
                return claim.Holds(said, facts) ? null : "not true";
            }
        }
        return "nobody has proved it";
    }

    private static bool Goal(IReadOnlyDictionary<string, string> said, StoryFacts facts) =>
        said["quoted"] == facts.Account.Goal
        && (
            said.GetValueOrDefault("more", "").Trim() is not { Length: > 0 } more
            || Neutral.AfterGoal.Contains(more, StringComparer.Ordinal)
        );

    private static bool StepIsOpen(IReadOnlyDictionary<string, string> said, StoryFacts facts) =>
        facts.Step(said["quoted"]) is { } step && IsOpen(step, facts);

    private static bool IsOpen(OnboardingStep step, StoryFacts facts) =>
        facts.Count(step.Done, person: step.Scope == StepScope.Person ? facts.Person.Id : null) == 0;

    private static bool LooksWithoutValue(IReadOnlyDictionary<string, string> said, StoryFacts facts) =>
        facts.DaysSeen(facts.Person.Id, 30) >= 2
        && facts.Value(29, 0, facts.Person.Id) < 15
        && facts.Value(90, 0, facts.Person.Id) < HoursOfValue;

    private static bool UsedToGetMore(IReadOnlyDictionary<string, string> said, StoryFacts facts) =>
        said["account"] == facts.Account.Name
        && Enumerable.Range(15, 56).Max(day => facts.Value(day + 13, day)) is var best and >= 15
        && facts.Value(14, 1) <= best / 2;

    private static bool MoreThanEver(IReadOnlyDictionary<string, string> said, StoryFacts facts) =>
        // Nothing leaves on a weekend: what was seen on a Friday is still said on a Monday.
        Enumerable
            .Range(0, 4)
            .Any(late =>
                Enumerable.Range(late + 15, 42).Max(day => facts.Value(day + 13, day, facts.Person.Id))
                < facts.Value(late + 14, late + 1, facts.Person.Id)
            );

    private static bool NewToReader(IReadOnlyDictionary<string, string> said, StoryFacts facts) =>
        facts.Feature(said["quoted"]) is { } feature
        && facts.IsInPlan(feature)
        && facts.Count(feature.Events, 89, facts.Person.Id) == 0
        && (!said.TryGetValue("more", out string? more) || facts.IsOfModel(more));

    private static bool Friction(IReadOnlyDictionary<string, string> said, StoryFacts facts) =>
        facts.Kind(said["kind"]) is { } kind && facts.Count(kind.Events, 28, facts.Person.Id) >= 5;

    private static bool Payment(IReadOnlyDictionary<string, string> said, StoryFacts facts) =>
        facts.Last(["Payment Failed"]) is { } failed
        && !(facts.Last(["Payment Succeeded"])?.Timestamp >= failed.Timestamp)
        && said["account"] == facts.Account.Name
        && said["amount"] == StoryFacts.Property(failed, "amount")
        && IsDay(said, DateOnly.FromDateTime(failed.Timestamp.UtcDateTime));

    private static bool RestsWithReader(IReadOnlyDictionary<string, string> said, StoryFacts facts) =>
        said["account"] == facts.Account.Name
        && facts.Value(14, 0, facts.Person.Id) is var own and > 0
        && facts.Colleagues.All(other => facts.Value(14, 0, other.Id) <= own * 2)
        && (said["new"].Length == 0 || facts.Value(90, 0, facts.Person.Id) < HoursOfValue);

    /// <summary>What others get for the same price is for the norms to say, and for their tests; here, that they pay and for what.</summary>
    private static bool Pays(IReadOnlyDictionary<string, string> said, StoryFacts facts) =>
        said["plan"] == facts.Account.Plan && facts.Account.Mrr > 0;

    private static bool Wrote(IReadOnlyDictionary<string, string> said, StoryFacts facts) =>
        LastAnswer(facts) is { } answer && StoryFacts.Property(answer, "comment") == said["quoted"];

    private static bool Answered(IReadOnlyDictionary<string, string> said, StoryFacts facts) => LastAnswer(facts) is not null;

    private static Core.Intake.Events.UsageEvent? LastAnswer(StoryFacts facts) =>
        facts.Last(["NPS Answered", "CSAT Answered", "CES Answered"], facts.Person.Id);

    private static bool IsDay(IReadOnlyDictionary<string, string> said, DateOnly? day) =>
        day is { } known
        && int.Parse(said["day"], CultureInfo.InvariantCulture) == known.Day
        && (Array.IndexOf(Months, said["month"]) % 12) + 1 == known.Month;

    private sealed class Claim(string line, Func<IReadOnlyDictionary<string, string>, StoryFacts, bool> holds)
    {
        public Regex Line { get; } = new($"^{line}$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

        public bool Holds(IReadOnlyDictionary<string, string> said, StoryFacts facts) => holds(said, facts);
    }
}
