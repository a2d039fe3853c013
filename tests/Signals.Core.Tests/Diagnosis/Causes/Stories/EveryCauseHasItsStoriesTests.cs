using System.Reflection;
using Signals.Core.Diagnosis.Causes;

namespace Signals.Core.Tests.Diagnosis.Causes.Stories;

/// <summary>A cause is told by four stories at least: clear, borderline, one that looks like it and must not fire, and recovery.</summary>
public sealed class EveryCauseHasItsStoriesTests
{
    public static TheoryData<string> Causes => [.. CauseCatalogue.Ids];

    [Theory]
    [MemberData(nameof(Causes))]
    public void A_cause_has_its_four_stories(string cause)
    {
        string name = string.Concat(cause.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..])) + "Stories";
        var stories = typeof(EveryCauseHasItsStoriesTests)
            .Assembly.GetTypes()
            .Single(type => type.Namespace == typeof(EveryCauseHasItsStoriesTests).Namespace && type.Name == name)
            .GetMethods()
            .Where(method => method.GetCustomAttribute<FactAttribute>() is not null)
            .Select(method => method.Name)
            .ToList();
        Assert.All(
            ["Clear_", "Borderline_", "Look_alike_", "Recovery_"],
            kind => Assert.Contains(stories, story => story.StartsWith(kind, StringComparison.Ordinal))
        );
    }
}
