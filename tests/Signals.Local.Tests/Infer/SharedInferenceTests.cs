using Signals.Backtesting.Inference;
using Signals.Local.Import;
using Signals.Local.Infer;
using Signals.Testing;

namespace Signals.Local.Tests.Infer;

/// <summary>
/// What is proposed from three streams of other people's products, which are not part of the repository, held against what a product person
/// would say (docs/inferring-a-model.md has the whole table).
/// </summary>
public sealed class SharedInferenceTests
{
    [Theory]
    [InlineData("oulad-university", "Module Withdrawn", "Assessment Submitted", "deeds", 60, "Deadline Missed")]
    [InlineData("eventsim", "Cancellation Confirmation", "NextSong", "minutes", 30, "Roll Advert+Thumbs Down+Error")]
    [InlineData("socialnet7", "Subscription Ended", "message+post+reply+newfriend+like", "deeds", 30, "adview+dislike+unfriend")]
    public async Task Value_churn_and_friction_are_what_a_product_person_would_say(
        string stream,
        string churn,
        string value,
        string unit,
        int days,
        string friction
    )
    {
        var proposal = await ProposedAsync(stream);

        Assert.Equal([churn], proposal.Of(NameRole.Churn).Select(role => role.Name.Name));
        Assert.Equal((unit, days), (proposal.Value.Unit, proposal.Value.Days));
        Assert.Equal(Sorted(value.Split('+')), Sorted(proposal.Value.Sources.Select(source => source.Event)));
        Assert.Equal(Sorted(friction.Split('+')), Sorted(proposal.Friction.SelectMany(kind => kind.Names).Select(role => role.Name.Name)));
    }

    private static string[] Sorted(IEnumerable<string> names) => [.. names.Order(StringComparer.Ordinal)];

    private static async Task<ModelProposal> ProposedAsync(string stream)
    {
        string folder = Environment.GetEnvironmentVariable("SIGNALS_SHARED_DATA") ?? Path.Combine(Repository.Root, "..", "shared", "data"),
            file = Path.Combine(folder, stream + ".ndjson.gz");
        Assert.SkipUnless(File.Exists(file), $"{file} is not here.");
        var survey = new EventSurvey();
        await new SurveyRun(new Progress<ImportProgress>()).ReadAsync([file], null, survey.Add, TestContext.Current.CancellationToken);
        return new ModelInference(survey, "My product").Propose();
    }
}
