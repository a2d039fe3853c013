using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model;
using Signals.Core.Platform.Languages;
using Signals.Testing.World;

namespace Signals.Core.Tests.Diagnosis.Causes;

/// <summary>
/// A cause has every part, where docs/adding-a-cause.md says. Its stories are held by <see cref="Stories.EveryCauseHasItsStoriesTests"/>,
/// its row and its numbers on the model's page by <see cref="Model.ModelReferencePageTests"/>, its words of evidence by
/// <see cref="FrenchTests"/>.
/// </summary>
public sealed class EveryCauseIsWholeTests
{
    private static readonly string Templates = Path.Combine(ModelFile.SamplesFolder, "..", "functions", "Signals.Messages", "Templates");

    public static TheoryData<string> Ids => [.. CauseCatalogue.Ids];

    [Fact]
    public void The_catalogue_holds_every_cause_that_is_written()
    {
        var written = typeof(Cause).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Cause)) && !type.IsAbstract);

        Assert.Equal(
            written.Select(type => type.Name).Order(StringComparer.Ordinal),
            CauseCatalogue.All.Select(cause => cause.GetType().Name).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Every_id_that_has_a_name_in_code_is_a_causes()
    {
        var named = typeof(CauseIds).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToList();

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(CauseCatalogue.Ids, StringComparer.Ordinal));
        Assert.Distinct(CauseCatalogue.Ids);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_causes_classes_stand_together_and_have_its_name(string id)
    {
        var cause = CauseCatalogue.Find(id)!;
        string name = string.Concat(id.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

        Assert.Equal($"Signals.Core.Diagnosis.Causes.{name}.{name}Cause", cause.GetType().FullName);
        Assert.Equal($"Signals.Core.Diagnosis.Causes.{name}.{name}Settings", cause.UsualSettings.GetType().FullName);
        Assert.Equal(
            $"Signals.Core.Diagnosis.Causes.{name}.{name}Rule",
            ((object?)cause.PersonRule ?? cause.AccountRule)?.GetType().FullName
        );
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_cause_has_one_rule_which_finds_it(string id)
    {
        var cause = CauseCatalogue.Find(id)!;

        string found = Assert.Single((string?[])[cause.PersonRule?.Cause, cause.AccountRule?.Cause], name => name is not null)!;
        Assert.Equal(id, found);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_cause_has_its_words_in_both_languages(string id)
    {
        var cause = CauseCatalogue.Find(id)!;

        Assert.NotEmpty(cause.Questions);
        Assert.All(
            (Phrase[])[cause.Name, cause.Topic, .. cause.Questions],
            words =>
            {
                Assert.All((string[])[words.En, words.Fr], text => Assert.False(string.IsNullOrWhiteSpace(text)));
                Assert.NotEqual(words.En, words.Fr);
            }
        );
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_cause_weighs_something_and_says_what_follows(string id)
    {
        var cause = CauseCatalogue.Find(id)!;
        var playbook = cause.PlaybookFor(new BillingDefinition());

        Assert.InRange(cause.Score, 0.01, 0.99);
        Assert.Equal(id, playbook.Cause);
        Assert.True(playbook.Message is null || playbook.Message == id, "A cause's usual message is the one of its name.");
    }

    /// <summary>What follows from it, who gets a message and what they get beside it, is held by the planner's tests.</summary>
    [Fact]
    public void Each_cause_is_of_its_kinds_and_of_no_other()
    {
        Assert.Equal([CauseIds.FeatureSunset, CauseIds.PaymentFailing, CauseIds.SupportUnhappy], Those(cause => cause.IsNotice));
        Assert.Equal(
            [CauseIds.Friction, CauseIds.NeedsChanged, CauseIds.PaymentFailing, CauseIds.SupportUnhappy, CauseIds.UsageDrop],
            Those(cause => cause.IsFelt)
        );
        Assert.Equal([CauseIds.FeatureSunset, CauseIds.Friction], Those(cause => cause.IsByDetail));
        Assert.Equal([CauseIds.FeaturesUnused, CauseIds.PriceOverValue, CauseIds.SeatsShrinking], Those(cause => cause.IsOffer));
        Assert.Equal([CauseIds.NeverTookOff, CauseIds.ValueNotFound], Those(cause => cause.IsForBeginners));
        Assert.Equal(
            [CauseIds.ChampionLeft, CauseIds.NeverTookOff, CauseIds.PriceOverValue, CauseIds.ValueNotFound],
            Those(cause => cause.ProposesFeature)
        );
        Assert.Equal([CauseIds.Delight], Those(cause => cause.IsPraise));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_cause_has_a_template_in_every_language(string id)
    {
        var languages = Directory.GetDirectories(Templates);

        Assert.InRange(languages.Length, 2, 100);
        Assert.All(
            languages,
            language =>
                Assert.True(File.Exists(Path.Combine(language, $"{id}.hbs")), $"{id} has no template in {Path.GetFileName(language)}.")
        );
    }

    private static IEnumerable<string> Those(Func<Cause, bool> kind) =>
        CauseCatalogue.All.Where(kind).Select(cause => cause.Id).Order(StringComparer.Ordinal);
}
