using Signals.Core.Daily.CustomerVoice;
using Signals.Core.Intake.Text;
using Signals.Core.Platform.Serialization;
using Signals.Core.Platform.Storage;
using Signals.Core.State.Answers;
using Signals.Core.State.People;
using Signals.Core.Tests.Daily.Measures;
using Signals.Testing.World;

namespace Signals.Core.Tests.Daily.CustomerVoice;

public sealed class VerbatimTests
{
    private const string Bad = "The export is broken and nobody answers.";
    private const string Good = "The export is wonderful, we love it.";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void What_was_written_comes_with_who_where_and_how_it_was_meant()
    {
        var survey = Survey(
            Account("acme").With(Traits.Name, "Acme").Wrote(Bad, score: 2, person: "u_ann@acme.example", daysAgo: 3),
            Account("zen").Wrote(Good, daysAgo: 1)
        );

        var (newest, oldest) = (survey.Kept()[0], survey.Kept()[1]);

        Assert.Equal(
            (VerbatimSource.Ticket, TextSentiment.Positive, null, null),
            (newest.Source, newest.Sentiment, newest.Score, newest.Channel)
        );
        Assert.Equal(
            (VerbatimSource.Nps, TextSentiment.Negative, 2.0, "in-app"),
            (oldest.Source, oldest.Sentiment, oldest.Score, oldest.Channel)
        );
        Assert.Equal(("acme", "Acme", "ann@acme.example", Bad), (oldest.Account, oldest.AccountName, oldest.Person, oldest.Text));
        Assert.Equal(
            [(TextSentiment.Negative, 1), (TextSentiment.Positive, 1)],
            survey.Counts.OrderByDescending(count => count.Key).Select(count => (count.Key, count.Value))
        );
    }

    [Fact]
    public void A_theme_is_counted_by_account_and_by_how_it_is_spoken_of()
    {
        var survey = Survey(
            Account("a").Wrote(Bad).Wrote("Exports are broken again.", daysAgo: 2),
            Account("b").Wrote(Good),
            Account("c").Wrote("Please add a dark theme.")
        );

        var export = survey.Themes()[0];

        Assert.Equal(
            ("export", "export", 3, 2, 1, 1),
            (export.Key, export.Name, export.Texts, export.Accounts, export.Kind, export.Unkind)
        );
        Assert.DoesNotContain(survey.Themes(), theme => theme.Texts < 2);
    }

    [Fact]
    public void Old_words_are_kept_but_tell_nothing_of_what_is_spoken_of_now()
    {
        var survey = Survey(
            Account("a").Wrote(Bad, daysAgo: VerbatimSurvey.ThemeDays),
            Account("b").Wrote(Bad, daysAgo: VerbatimSurvey.ThemeDays)
        );

        Assert.Equal((2, 0, 0), (survey.Kept().Count, survey.Themes().Count, survey.Counts.Count));
    }

    [Fact]
    public void Of_each_sentiment_the_newest_are_kept_whatever_the_others_do()
    {
        var accounts = Enumerable
            .Range(0, VerbatimSurvey.Newest + 100)
            .Select(number => Account($"a{number}").Wrote(Bad, daysAgo: 1 + number % 80))
            .Append(Account("kind").Wrote(Good, daysAgo: 85))
            .ToArray();

        var kept = Survey(accounts).Kept();

        Assert.Equal(
            (VerbatimSurvey.Newest, 1),
            (kept.Count(text => text.Sentiment == TextSentiment.Negative), kept.Count(text => text.Sentiment == TextSentiment.Positive))
        );
        Assert.Equal(kept.OrderByDescending(text => text.At).Select(text => text.At), kept.Select(text => text.At));
    }

    [Theory]
    [InlineData("Exports", "export")]
    [InlineData("éxport", "export")]
    [InlineData("files d'attente", "file d'attente")]
    [InlineData("process", "process")]
    [InlineData("bus", "bus")]
    [InlineData("cœurs", "coeur")]
    public void Spellings_of_one_theme_meet(string name, string key) => Assert.Equal(key, TextTheme.KeyOf(name));

    [Fact]
    public async Task A_page_is_one_read()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups);
        var book = world.Get<VerbatimBook>();
        await book.SaveAsync(
            Survey([
                .. Enumerable.Range(0, 90).Select(number => Account($"a{number:D2}").Wrote(number % 3 == 0 ? Good : Bad, daysAgo: number)),
            ]),
            Cancel
        );

        Assert.Equal([40, 40, 10, 0], await CountsAsync(null));
        Assert.Equal([40, 20, 0, 0], await CountsAsync(TextSentiment.Negative));
        Assert.Equal([0, 0, 0, 0], await CountsAsync(TextSentiment.Mixed));
        var theme = await book.ReadThemeAsync("export", Cancel);
        Assert.Equal(Enumerable.Range(0, 40).Select(number => $"a{number:D2}"), theme.Select(text => text.Account));
        Assert.Equal(90, (await book.ReadOverviewAsync(Cancel)).All);

        async Task<List<int>> CountsAsync(TextSentiment? sentiment)
        {
            var counts = new List<int>();
            for (int page = 0; page < 4; page++)
                counts.Add((await book.ReadAsync(sentiment, page, Cancel)).Count);
            return counts;
        }
    }

    [Fact]
    public async Task What_is_no_longer_spoken_of_goes_and_what_is_the_same_is_not_written_again()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups);
        var book = world.Get<VerbatimBook>();
        await book.SaveAsync(Survey(Account("a").Wrote(Bad), Account("b").Wrote(Bad)), Cancel);
        Assert.Equal(2, (await book.ReadThemeAsync("export", Cancel)).Count);
        string etag = (await world.Store.GetAsync("system", "verbatims", "overview", Cancel))!.ETag;

        await book.SaveAsync(Survey(Account("b").Wrote(Bad), Account("a").Wrote(Bad)), Cancel);
        Assert.Equal(etag, (await world.Store.GetAsync("system", "verbatims", "overview", Cancel))!.ETag);

        await book.SaveAsync(Survey(Account("a").Wrote("Un grand merci.")), Cancel);
        Assert.Empty(await book.ReadThemeAsync("export", Cancel));
        Assert.Empty(await book.ReadAsync(TextSentiment.Negative, 0, Cancel));
    }

    [Fact]
    public async Task The_longest_texts_in_the_widest_script_fit_the_stores_limits()
    {
        var world = await SignalsWorld.WithAsync(StoryModels.OfGroups);
        string wide = string.Concat(Enumerable.Repeat("輸出が壊れた。", Feedback.MaxCommentChars / 7));
        var accounts = Enumerable
            .Range(0, VerbatimSurvey.Newest)
            .Select(number =>
                Account($"a{number}").With(Traits.Name, new string('名', 500)).Wrote(wide, person: "u_" + new string('p', 100))
            )
            .ToArray();

        await world.Get<VerbatimBook>().SaveAsync(Survey(accounts), Cancel);

        Assert.Equal(VerbatimBook.PageSize, (await world.Get<VerbatimBook>().ReadAsync(TextSentiment.Neutral, 4, Cancel)).Count);
        Assert.All(
            (await world.Store.QueryAsync(new EntityQuery("system", "verbatims"), Cancel)).Entities,
            row => EntityLimits.SizeOf(row)
        );
    }

    [Fact]
    public void Themes_come_back_from_the_row_and_rows_from_before_they_were_kept_still_read()
    {
        var words = CustomerWords.Of(EmbeddedTextAnalyzer.Analyze(new WrittenText(Bad)));
        Assert.NotEmpty(words.Themes);
        var writer = new PackWriter();
        CustomerWords.Write(writer, words);
        var reader = new PackReader(writer.Written);
        Assert.Equal(words.Themes, CustomerWords.Read(ref reader, withThemes: true)!.Themes);
        Assert.True(reader.AtEnd);

        var older = new PackWriter();
        CustomerWords.Write(older, words with { Themes = [] });
        var without = new PackReader(older.Written[..^1]);
        Assert.Equal(
            (words.Score, 0),
            (CustomerWords.Read(ref without, withThemes: false) is { } read ? (read.Score, read.Themes.Count) : default)
        );
    }

    private static VerbatimSurvey Survey(params MeasuredAccount[] accounts)
    {
        var survey = new VerbatimSurvey(MeasuredAccount.Today);
        foreach (var account in accounts)
            survey.Add(account.ToContext());
        return survey;
    }

    private static MeasuredAccount Account(string id) => new(StoryModels.OfGroups, id);
}
