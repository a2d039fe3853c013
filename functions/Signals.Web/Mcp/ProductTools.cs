using System.ComponentModel;
using ModelContextProtocol.Server;
using Signals.Core.Daily.CustomerVoice;
using Signals.Core.Daily.Measures;
using Signals.Core.Intake.Text;
using Signals.Core.Model;
using Signals.Web.Api;

namespace Signals.Web.Mcp;

/// <summary>What is true of all customers together, and what they say.</summary>
[McpServerToolType]
internal sealed class ProductTools(MeasurePass measures, VerbatimBook words, RequestBook requests, ValueModel model)
{
    private const int ThemesTold = 15;
    private const int RequestsTold = 20;

    private static readonly string[] Sentiments = [.. Enum.GetNames<TextSentiment>().Select(name => name.ToLowerInvariant())];

    [McpServerTool(Name = "customer_voice", Title = "What customers say", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description(
        "Gives what customers wrote lately (40 texts a page, newest first), the themes they speak of, and what they "
            + "ask for with the accounts and money behind it."
    )]
    public async Task<VoiceTold> VoiceAsync(
        [Description("Only texts of this feeling: negative, mixed, neutral or positive.")] string? sentiment = null,
        [Description("Only texts that speak of this theme, as 'themes' names it.")] string? theme = null,
        [Description("The page, from 0 on; a theme has one.")] int page = 0,
        CancellationToken cancellationToken = default
    )
    {
        if (page is < 0 or >= VerbatimBook.MaxPages)
            throw ApiRefusal.BadParameter("page", $"{page}", $"a page from 0 to {VerbatimBook.MaxPages - 1}");
        TextSentiment? asked = ToolInput.OneOf("sentiment", sentiment, Sentiments) is { } name
            ? Enum.Parse<TextSentiment>(name, ignoreCase: true)
            : null;
        var overview = await words.ReadOverviewAsync(cancellationToken);
        var texts = ToolInput.Text("theme", theme) is { } about
            ? await words.ReadThemeAsync(TextTheme.KeyOf(about), cancellationToken)
            : await words.ReadAsync(asked, page, cancellationToken);
        var decisions = await requests.ReadDecisionsAsync(cancellationToken);
        var wishes = RequestBook.Merged(await requests.ReadAsync(cancellationToken), decisions);
        return new VoiceTold(
            (await measures.ReadAsync(cancellationToken))?.MeasuredAt,
            [
                .. overview
                    .Themes.Take(ThemesTold)
                    .Select(told => new ThemeTold(told.Name, told.Texts, told.Accounts, told.Kind, told.Unkind)),
            ],
            [
                .. texts
                    .Where(text => asked is null || text.Sentiment == asked)
                    .Select(text => new TextTold(
                        text.At,
                        text.Account,
                        text.AccountName,
                        text.Source.ToString().ToLowerInvariant(),
                        text.Channel,
                        text.Score,
                        text.Sentiment.ToString().ToLowerInvariant(),
                        text.Text
                    )),
            ],
            [
                .. wishes
                    .Where(wish => decisions.GetValueOrDefault(wish.Key)?.ClosedAt is null)
                    .Take(RequestsTold)
                    .Select(wish => new RequestTold(wish.Title, wish.Accounts, wish.Price, model.Currency, wish.First, wish.Last)),
            ]
        );
    }

    [McpServerTool(Name = "product_overview", Title = "All customers together", ReadOnly = true, Idempotent = true, OpenWorld = false)]
    [Description(
        "Gives what is true of all customers together as of the last daily pass: accounts held back by each cause, "
            + "money at risk, renewals, retention, adoption of features, survey scores."
    )]
    public async Task<OverviewTold> OverviewAsync(CancellationToken cancellationToken = default)
    {
        var latest = await measures.ReadAsync(cancellationToken);
        var revenue = await measures.ReadRevenueAsync(cancellationToken);
        return new OverviewTold(
            latest?.MeasuredAt,
            model.Product,
            latest?.Accounts,
            latest?.Causes ?? new Dictionary<string, int>(),
            latest?.Retention,
            [
                .. (latest?.Features ?? []).Select(feature => new FeatureTold(
                    feature.Id,
                    feature.Breadth.Share,
                    feature.DaysToAdopt,
                    feature.KeptAfter90
                )),
            ],
            [.. (latest?.SurveysByPerson ?? []).Select(SurveyView.Of)],
            revenue is null
                ? null
                : new MoneyTold(
                    model.Currency,
                    revenue.Customers,
                    revenue.Revenue,
                    revenue.AtRisk.Price,
                    revenue.AtRisk.Accounts,
                    revenue.Expected,
                    revenue.HorizonDays,
                    [
                        .. revenue.Renewals.Select(window => new RenewalTold(
                            window.FromDay,
                            window.ToDay,
                            window.All.Accounts,
                            window.All.Price,
                            window.AtRisk.Accounts,
                            window.AtRisk.Price
                        )),
                    ]
                )
        );
    }
}
