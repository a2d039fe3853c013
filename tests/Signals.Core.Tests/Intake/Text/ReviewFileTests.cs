using System.Globalization;
using Signals.Core.Intake.Text;

namespace Signals.Core.Tests.Intake.Text;

/// <summary>
/// How well the word lists do on reviews they were not made from. One or two stars are negative, four or five positive; three stars are
/// left out, for nobody knows which they are. An answer of neutral or mixed is wrong whatever the stars: the strictest reading. A problem
/// counts as reported when there is any remark of that kind. Beside it what simple ways reach on the same rows; docs/text.md has the table.
/// </summary>
public sealed class ReviewFileTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("en", 0.78)]
    [InlineData("fr", 0.72)]
    public void Sentiment_agrees_with_the_stars(string language, double atLeast)
    {
        var reviews = ReviewFile.Read().Where(r => r.Language == language && r.Stars != 3).ToList();
        var analyses = reviews.ConvertAll(r => EmbeddedTextAnalyzer.Analyze(new(r.Text)));
        var rows = reviews
            .Zip(
                analyses,
                (r, a) =>
                    (
                        r.Stars > 3,
                        (bool?)(
                            a.Sentiment switch
                            {
                                TextSentiment.Positive => true,
                                TextSentiment.Negative => false,
                                _ => null,
                            }
                        )
                    )
            )
            .ToList();
        var bySign = reviews.Zip(analyses, (r, a) => (r.Stars > 3, (bool?)(a.Score >= 0))).ToList();
        var majority = reviews.ConvertAll(r => (r.Stars > 3, (bool?)true));
        var keywords = reviews.ConvertAll(r => (r.Stars > 3, (bool?)!Mentions(r.Text, BadWords)));
        var bayes = WordCountBaseline.CrossValidate(reviews.ConvertAll(r => (r.Text, r.Stars > 3)));

        var reached = Report($"{language} sentiment, macro-F1", rows, Scores.MacroF1);
        Report("  by the score's sign, 0 as positive", bySign, Scores.MacroF1);
        var (most, listed) = (Report("  majority", majority, Scores.MacroF1), Report("  twelve bad words", keywords, Scores.MacroF1));
        Report("  naive Bayes trained on these rows, 5 folds", bayes, Scores.MacroF1);

        Assert.True(reached > atLeast, $"{language}: macro-F1 {reached:0.000}, expected over {atLeast}.");
        Assert.True(reached > most && reached > listed, $"{language}: a simple way does better.");
    }

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public void Problem_reports_are_found(string language)
    {
        var reviews = ReviewFile.Read().Where(r => r.Language == language).ToList();
        var rows = reviews.ConvertAll(r =>
            (r.Problem, (bool?)EmbeddedTextAnalyzer.Analyze(new(r.Text)).Remarks.Any(m => m.Kind == RemarkKind.Problem))
        );

        var reached = Report($"{language} problem reports, F1", rows, r => Scores.F1(r));
        var always = Report("  always", reviews.ConvertAll(r => (r.Problem, (bool?)true)), r => Scores.F1(r));
        var listed = Report(
            "  twelve bad words",
            reviews.ConvertAll(r => (r.Problem, (bool?)Mentions(r.Text, BadWords))),
            r => Scores.F1(r)
        );
        Report(
            "  naive Bayes trained on these rows, 5 folds",
            WordCountBaseline.CrossValidate(reviews.ConvertAll(r => (r.Text, r.Problem))),
            r => Scores.F1(r)
        );

        Assert.True(reached > 0.65, $"{language}: F1 {reached:0.000}, expected over 0.65.");
        Assert.True(reached > always && reached > listed, $"{language}: a simple way does better.");
    }

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public void The_language_is_recognized(string language)
    {
        var detected = ReviewFile
            .Read()
            .Where(r => r.Language == language && r.Text.Length >= 30)
            .Select(r => EmbeddedTextAnalyzer.Analyze(new(r.Text)).Language)
            .ToList();

        var share = (double)detected.Count(d => d == language) / detected.Count;
        output.WriteLine($"{language}: {share:P1} of {detected.Count} reviews of 30 characters or more");
        Assert.InRange(share, 0.95, 1);
    }

    private static readonly string[] BadWords =
    [
        "bad",
        "problem",
        "not work",
        "bug",
        "crash",
        "error",
        "mauvais",
        "problème",
        "nul",
        "ne fonctionne",
        "plante",
        "impossible",
    ];

    private static bool Mentions(string text, string[] words) => words.Any(w => text.Contains(w, StringComparison.OrdinalIgnoreCase));

    private double Report(
        string what,
        IReadOnlyList<(bool Is, bool? Said)> rows,
        Func<IReadOnlyList<(bool Is, bool? Said)>, double> measure
    )
    {
        var (reached, (low, high)) = (measure(rows), Scores.Interval(rows, measure));
        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{what}: {reached:0.000} ({low:0.000} to {high:0.000}), {rows.Count} reviews")
        );
        return reached;
    }
}
