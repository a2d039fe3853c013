using Microsoft.AspNetCore.Http;
using Signals.Core.Daily.Adoption;
using Signals.Core.Daily.Measures;
using Signals.Core.Model;

namespace Signals.Web.Api;

/// <summary>Answers what is asked about all accounts together, from what the last pass kept: one read each, or two.</summary>
internal sealed class MeasuresApi(MeasurePass measures, ValueModel model)
{
    public async Task FeaturesAsync(HttpContext context)
    {
        var latest = await measures.ReadAsync(context.RequestAborted);
        var items =
            from feature in model.Features
            join measure in latest?.Features ?? [] on feature.Id equals measure.Id
            select Of(feature, measure);
        await ApiAnswers.WriteAsync(
            context,
            new FeaturesView(latest?.MeasuredAt, latest?.Accounts ?? 0, FeatureUse.Window, [.. items])
            {
                Scores = [.. (latest?.FeatureScores ?? []).Select(FeatureScoreView.Of)],
            },
            ApiJson.Default.FeaturesView
        );
    }

    public async Task RetentionAsync(HttpContext context)
    {
        var latest = await measures.ReadAsync(context.RequestAborted);
        await ApiAnswers.WriteAsync(
            context,
            new RetentionView(
                latest?.MeasuredAt,
                latest?.Accounts ?? 0,
                latest?.Retention,
                latest?.RetentionByPlan ?? [],
                latest?.RetentionByMonth ?? []
            ),
            ApiJson.Default.RetentionView
        );
    }

    public async Task RevenueAsync(HttpContext context)
    {
        var latest = await measures.ReadAsync(context.RequestAborted);
        await ApiAnswers.WriteAsync(
            context,
            new RevenueAnswer(latest?.MeasuredAt, model.Currency, await measures.ReadRevenueAsync(context.RequestAborted)),
            ApiJson.Default.RevenueAnswer
        );
    }

    public async Task SupportAsync(HttpContext context)
    {
        var latest = await measures.ReadAsync(context.RequestAborted);
        var use = await measures.ReadUseAsync(context.RequestAborted);
        await ApiAnswers.WriteAsync(
            context,
            new SupportAnswer(latest?.MeasuredAt, model.Tickets.WorkingTime, use?.Support ?? []),
            ApiJson.Default.SupportAnswer
        );
    }

    public async Task SurveysAsync(HttpContext context)
    {
        var latest = await measures.ReadAsync(context.RequestAborted);
        await ApiAnswers.WriteAsync(
            context,
            new SurveysView(
                latest?.MeasuredAt,
                [.. (latest?.SurveysByPerson ?? []).Select(SurveyView.Of)],
                [.. (latest?.NpsByAccount ?? []).Select(SurveyView.Of)]
            ),
            ApiJson.Default.SurveysView
        );
    }

    public async Task SegmentsAsync(HttpContext context) =>
        await ApiAnswers.WriteAsync(
            context,
            SegmentsView.Of(await measures.ReadAsync(context.RequestAborted), await measures.ReadOwnAsync(context.RequestAborted), model),
            ApiJson.Default.SegmentsView
        );

    private static FeatureView Of(Feature feature, FeatureMeasure measure) =>
        new(
            feature.Id,
            feature.Name,
            feature.Key,
            feature.Plans,
            measure.Breadth,
            measure.Ever,
            new FeatureIntensity(measure.UsesPerAccount, measure.DaysPerAccount),
            new FeatureAdoption(measure.DaysToAdopt, measure.AdoptedWithin30),
            new FeatureDuration(measure.DaysKept, measure.KeptAfter90)
        );
}
