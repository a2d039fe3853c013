using System.Text.RegularExpressions;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Testing.World;

namespace Signals.Core.Tests.Model;

/// <summary>Holds docs/value-model.md to what the reader does.</summary>
public sealed partial class ModelReferencePageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(ModelFile.SamplesFolder, "..", "docs", "value-model.md"))
        .ReplaceLineEndings("\n");

    [Fact]
    public void The_example_is_valid_and_whole()
    {
        var example = ExamplePattern().Match(Page).Groups["json"].Value;

        var reading = ModelFile.Read(example);

        Assert.Empty(reading.Errors);
        var sunset = Assert.Single(reading.Model!.Sunsets);
        Assert.Equal("feeds", sunset.ReplacementFeature);
        Assert.Equal("https://signals.nimbus.example", reading.Model.Outreach.PublicUrl);
        Assert.Equal(new Plan("pro", 99, 10), reading.Model.PlanOf("pro"));
    }

    [Fact]
    public void The_table_of_playbooks_is_the_catalogue()
    {
        var usual = PlaybookCatalogue.For(new() { Recovered = ["Paid"] });

        foreach (var cause in CauseCatalogue.Ids)
        {
            var playbook = usual[cause];
            var alert = playbook.Alert is RiskLevel.Healthy ? "always" : playbook.Alert?.Name() ?? "never";
            var numbers = $"| {playbook.GoalDays} | {playbook.CooldownDays} | {alert} | {playbook.Priority} |";
            var row = Row(cause, columns: 8);
            Assert.EndsWith(numbers, row, StringComparison.Ordinal);
            Assert.Contains($"| {Audiences[playbook.To]} | {Describe(playbook.Goal)} |", row, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_table_of_causes_has_every_number_with_its_default_and_both_ends_of_its_range()
    {
        var numbers = 0;
        foreach (var cause in CauseCatalogue.Ids)
        {
            var row = Row(cause, columns: 3);
            foreach (Match number in NumberPattern().Matches(row.Split('|')[2]))
            {
                numbers++;
                var name = number.Groups["name"].Value;
                Assert.True(Accepts(cause, name, Value(number, "least")), $"{cause}.{name} refuses its least.");
                Assert.True(Accepts(cause, name, Value(number, "most")), $"{cause}.{name} refuses its most.");
                Assert.False(Accepts(cause, name, $"-{Value(number, "most")}"), $"{cause}.{name} has no least.");
                Assert.False(Accepts(cause, name, $"1{Value(number, "most")}"), $"{cause}.{name} has no most.");
                Assert.Equal(Value(number, "usual"), Usual(cause, name));
            }
        }

        Assert.Equal(CauseCatalogue.All.Sum(cause => Numbers(cause.UsualSettings.GetType()).Count()), numbers);
    }

    private static readonly Dictionary<Audience, string> Audiences = new()
    {
        [Audience.Person] = "person",
        [Audience.Champion] = "champion",
        [Audience.Admin] = "admin",
        [Audience.NextMostActive] = "next-most-active",
    };

    private static string Row(string cause, int columns) =>
        Page.Split('\n')
            .Single(line =>
                line.StartsWith($"| `{cause}` |", StringComparison.Ordinal) && line.Count(letter => letter == '|') == columns + 1
            );

    private static string Describe(Goal? goal) =>
        goal switch
        {
            null => "none",
            { Floor: true } => "floor",
            { Step: { } step } => $"step `{step}`",
            { Feature: { } feature } => $"feature `{feature}`",
            _ => "the first of `billing.recovered`",
        };

    // The other end of a pair that must be in order is moved out of the way.
    private static bool Accepts(string cause, string name, string value)
    {
        var room = name switch
        {
            "activeDays" => ", \"baselineDays\": 300",
            "ageDays" when cause == CauseIds.NeverTookOff => ", \"forgetDays\": 365",
            "forgetDays" when cause == CauseIds.NeverTookOff => ", \"ageDays\": 1",
            _ => "",
        };
        return new ModelFile().With("causes", $"{{ \"{cause}\": {{ \"{name}\": {value}{room} }} }}").Read().IsValid;
    }

    private static string? Usual(string cause, string name)
    {
        var settings = CauseCatalogue.Find(cause)!.UsualSettings;
        return settings.GetType().GetProperty(Capitalized(name))?.GetValue(settings)?.ToString();
    }

    private static string Capitalized(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private static IEnumerable<System.Reflection.PropertyInfo> Numbers(Type settings) =>
        settings.GetProperties().Where(property => property.PropertyType == typeof(int) || property.PropertyType == typeof(double));

    private static string Value(Match number, string group) => number.Groups[group].Value.Replace(",", "");

    [GeneratedRegex(@"```jsonc\n(?<json>.*?)```", RegexOptions.Singleline | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ExamplePattern();

    [GeneratedRegex(
        @"`(?<name>\w+)` (?<usual>[\d.]+) \((?<least>[\d.,]+)-(?<most>[\d.]+(,\d{3})*)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex NumberPattern();
}
