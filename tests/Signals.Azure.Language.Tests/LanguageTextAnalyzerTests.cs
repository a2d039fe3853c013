using System.Net;
using Azure;
using Azure.AI.TextAnalytics;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using Signals.Azure.Settings;
using Signals.Azure.Tests;
using Signals.Core.Intake.Text;
using Signals.Core.Platform.Time;
using ServiceSentiment = Azure.AI.TextAnalytics.TextSentiment;
using TextSentiment = Signals.Core.Intake.Text.TextSentiment;

namespace Signals.Azure.Language.Tests;

public sealed class LanguageTextAnalyzerTests
{
    private readonly VirtualClock _clock = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
    private readonly Mock<TextAnalyticsClient> _client = new();
    private readonly List<int> _batches = [];

    public LanguageTextAnalyzerTests()
    {
        _client
            .Setup(it =>
                it.DetectLanguageBatchAsync(
                    It.IsAny<IEnumerable<DetectLanguageInput>>(),
                    It.IsAny<TextAnalyticsRequestOptions>(),
                    It.IsAny<CancellationToken>()
                )
            )
            .ReturnsAsync(
                (IEnumerable<DetectLanguageInput> inputs, TextAnalyticsRequestOptions _, CancellationToken _) =>
                    Answer(TextAnalyticsModelFactory.DetectLanguageResultCollection(inputs.Select(Detected), null, "test"))
            );
        _client
            .Setup(it =>
                it.AnalyzeSentimentBatchAsync(
                    It.IsAny<IEnumerable<TextDocumentInput>>(),
                    It.IsAny<AnalyzeSentimentOptions>(),
                    It.IsAny<CancellationToken>()
                )
            )
            .ReturnsAsync(
                (IEnumerable<TextDocumentInput> inputs, AnalyzeSentimentOptions options, CancellationToken _) =>
                {
                    Assert.True(options.IncludeOpinionMining);
                    var documents = inputs.ToList();
                    _batches.Add(documents.Count);
                    return Answer(TextAnalyticsModelFactory.AnalyzeSentimentResultCollection(documents.Select(Felt), null, "test"));
                }
            );
        _client
            .Setup(it =>
                it.ExtractKeyPhrasesBatchAsync(
                    It.IsAny<IEnumerable<TextDocumentInput>>(),
                    It.IsAny<TextAnalyticsRequestOptions>(),
                    It.IsAny<CancellationToken>()
                )
            )
            .ReturnsAsync(
                (IEnumerable<TextDocumentInput> inputs, TextAnalyticsRequestOptions _, CancellationToken _) =>
                    Answer(TextAnalyticsModelFactory.ExtractKeyPhrasesResultCollection(inputs.Select(Phrased), null, "test"))
            );
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_service_tells_language_feelings_opinions_and_phrases_and_the_embedded_analyzer_the_remarks()
    {
        var written = new WrittenText("The export does not work and I am thinking of cancelling.");
        var embedded = EmbeddedTextAnalyzer.Analyze(written);

        var analysis = Assert.Single(await AnalyzeAsync(written));

        Assert.Equal(("en", TextSentiment.Negative), (analysis.Language, analysis.Sentiment));
        Assert.Equal(-0.7, analysis.Score, 6);
        Assert.Equal(
            [new TextOpinion("export", "broken", TextSentiment.Negative), new TextOpinion("export", "late", TextSentiment.Negative)],
            analysis.Opinions
        );
        Assert.Equal(["phrase one", "phrase two"], analysis.KeyPhrases);
        Assert.NotEmpty(embedded.Remarks);
        Assert.Equal(embedded.Remarks, analysis.Remarks);
    }

    [Fact]
    public async Task Texts_go_in_batches_of_ten_and_come_back_in_order()
    {
        WrittenText[] texts = [.. Enumerable.Range(0, 23).Select(i => new WrittenText($"text {i}", "fr"))];

        var analyses = await AnalyzeAsync(texts);

        Assert.Equal([10, 10, 3], _batches);
        Assert.Equal(23, analyses.Count);
        Assert.All(analyses, analysis => Assert.Equal(("fr", TextSentiment.Negative), (analysis.Language, analysis.Sentiment)));
        _client.Verify(
            it =>
                it.DetectLanguageBatchAsync(
                    It.IsAny<IEnumerable<DetectLanguageInput>>(),
                    It.IsAny<TextAnalyticsRequestOptions>(),
                    It.IsAny<CancellationToken>()
                ),
            Times.Never
        );
    }

    [Fact]
    public async Task A_document_that_the_service_cannot_read_stays_with_the_embedded_analyzer_and_its_neighbours_do_not()
    {
        WrittenText[] texts =
        [
            new("I love this, it is wonderful. [unfelt]", "en"),
            new("fine", "en"),
            new("? [untold]"),
            new("fine too [unphrased]", "en"),
        ];

        var analyses = await AnalyzeAsync(texts);

        Assert.Equal(TextSentiment.Positive, analyses[0].Sentiment);
        Assert.Equal(TextSentiment.Negative, analyses[1].Sentiment);
        Assert.Equal(EmbeddedTextAnalyzer.Analyze(texts[2]).Language, analyses[2].Language);
        Assert.Equal(TextSentiment.Negative, analyses[3].Sentiment);
        Assert.DoesNotContain("phrase one", analyses[3].KeyPhrases);
    }

    [Fact]
    public async Task Blank_texts_are_nobodys_business()
    {
        var analyses = await AnalyzeAsync(new WrittenText(""), new WrittenText("  \n"));

        Assert.Equal(2, analyses.Count);
        Assert.Empty(_batches);
    }

    [Fact]
    public async Task A_long_text_is_cut_between_characters_where_the_service_stops_reading()
    {
        string family = "\U0001F468\u200D\U0001F469\u200D\U0001F467";
        List<string> sent = [];
        _client
            .Setup(it =>
                it.ExtractKeyPhrasesBatchAsync(
                    It.IsAny<IEnumerable<TextDocumentInput>>(),
                    It.IsAny<TextAnalyticsRequestOptions>(),
                    It.IsAny<CancellationToken>()
                )
            )
            .Callback(
                (IEnumerable<TextDocumentInput> inputs, TextAnalyticsRequestOptions _, CancellationToken _) =>
                    sent.AddRange(inputs.Select(input => input.Text))
            )
            .ThrowsAsync(new RequestFailedException(400, "enough"));

        await AnalyzeAsync(new WrittenText(new string('a', 5119) + family + family, "en"), new WrittenText(new string('b', 6000), "en"));

        Assert.Equal([new string('a', 5119) + family, new string('b', 5120)], sent);
    }

    public static TheoryData<Exception> Faults =>
        new(
            (Exception[])
                [
                    new RequestFailedException(429, "throttled"),
                    new RequestFailedException(503, "busy"),
                    new RequestFailedException(401, "no right"),
                    new RequestFailedException(404, "no such resource"),
                    new TaskCanceledException("a time limit of the client"),
                    new AggregateException(new IOException("broken")),
                    new InvalidOperationException("an answer that is none"),
                ]
        );

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task A_service_that_does_not_answer_is_left_alone_for_a_while_and_the_embedded_analyzer_reads(Exception fault)
    {
        _client
            .SetupSequence(it =>
                it.AnalyzeSentimentBatchAsync(
                    It.IsAny<IEnumerable<TextDocumentInput>>(),
                    It.IsAny<AnalyzeSentimentOptions>(),
                    It.IsAny<CancellationToken>()
                )
            )
            .ThrowsAsync(fault)
            .ReturnsAsync(
                Answer(TextAnalyticsModelFactory.AnalyzeSentimentResultCollection([Felt(new TextDocumentInput("0", "x"))], null, "test"))
            );
        var analyzer = Analyzer();
        WrittenText[] texts = [.. Enumerable.Repeat(new WrittenText("I love this, it is wonderful.", "en"), 12)];
        var embedded = EmbeddedTextAnalyzer.Analyze(texts[0]);

        var first = await analyzer.AnalyzeAsync(texts, Cancellation);
        var second = await analyzer.AnalyzeAsync([texts[0]], Cancellation);
        _clock.Advance(TimeSpan.FromMinutes(1));
        var third = await analyzer.AnalyzeAsync([texts[0]], Cancellation);

        Assert.All(
            first.Concat(second),
            analysis => Assert.Equal((embedded.Sentiment, embedded.Score), (analysis.Sentiment, analysis.Score))
        );
        Assert.Equal(TextSentiment.Negative, third[0].Sentiment);
        _client.Verify(
            it =>
                it.AnalyzeSentimentBatchAsync(
                    It.IsAny<IEnumerable<TextDocumentInput>>(),
                    It.IsAny<AnalyzeSentimentOptions>(),
                    It.IsAny<CancellationToken>()
                ),
            Times.Exactly(2)
        );
    }

    [Fact]
    public async Task A_callers_own_cancellation_stays_one()
    {
        using var cancelled = new CancellationTokenSource();
        _client
            .Setup(it =>
                it.AnalyzeSentimentBatchAsync(
                    It.IsAny<IEnumerable<TextDocumentInput>>(),
                    It.IsAny<AnalyzeSentimentOptions>(),
                    It.IsAny<CancellationToken>()
                )
            )
            .Callback(cancelled.Cancel)
            .ThrowsAsync(new TaskCanceledException());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Analyzer().AnalyzeAsync([new WrittenText("hello", "en")], cancelled.Token)
        );
    }

    [Theory]
    [InlineData("<html>a proxy's page</html>")]
    [InlineData("{\"kind\":\"SentimentAnalysisResults\",\"results\":{}}")]
    [InlineData("[]")]
    public async Task An_answer_that_is_none_leaves_the_embedded_reading(string body)
    {
        var transport = new ScriptedTransport().Answer(HttpStatusCode.OK, body);
        var client = LanguageClients.Create(
            new LanguageSettings(new Uri("https://acme.cognitiveservices.example"), "key"),
            new TextAnalyticsClientOptions { Transport = transport.ForAzure() }
        );
        var analyzer = new LanguageTextAnalyzer(client, new EmbeddedTextAnalyzer(), _clock, NullLogger<LanguageTextAnalyzer>.Instance);
        var written = new WrittenText("I love this, it is wonderful.", "en");

        var analysis = Assert.Single(await analyzer.AnalyzeAsync([written], Cancellation));

        Assert.Equal(EmbeddedTextAnalyzer.Analyze(written).Score, analysis.Score);
    }

    private Task<IReadOnlyList<TextAnalysis>> AnalyzeAsync(params WrittenText[] texts) => Analyzer().AnalyzeAsync(texts, Cancellation);

    private LanguageTextAnalyzer Analyzer() =>
        new(_client.Object, new EmbeddedTextAnalyzer(), _clock, NullLogger<LanguageTextAnalyzer>.Instance);

    private static Response<T> Answer<T>(T value) => Response.FromValue(value, Mock.Of<Response>());

    private static DetectLanguageResult Detected(DetectLanguageInput input) =>
        input.Text.Contains("[untold]", StringComparison.Ordinal)
            ? TextAnalyticsModelFactory.DetectLanguageResult(
                input.Id,
                default,
                TextAnalyticsModelFactory.DetectedLanguage("(Unknown)", "(Unknown)", 0)
            )
            : TextAnalyticsModelFactory.DetectLanguageResult(
                input.Id,
                default,
                TextAnalyticsModelFactory.DetectedLanguage("English", "en", 1)
            );

    /// <summary>Whatever it reads, this service finds the export broken.</summary>
    private static AnalyzeSentimentResult Felt(TextDocumentInput input)
    {
        if (input.Text.Contains("[unfelt]", StringComparison.Ordinal))
            return TextAnalyticsModelFactory.AnalyzeSentimentResult(
                input.Id,
                TextAnalyticsModelFactory.TextAnalyticsError("UnsupportedLanguageCode", "no")
            );
        var target = TextAnalyticsModelFactory.TargetSentiment(ServiceSentiment.Negative, "export", 0.1, 0.9, 0, 6);
        var late = TextAnalyticsModelFactory.AssessmentSentiment(ServiceSentiment.Negative, 0.2, 0.8, "late", false, 0, 4);
        var broken = TextAnalyticsModelFactory.AssessmentSentiment(ServiceSentiment.Negative, 0.05, 0.95, "broken", false, 0, 6);
        var sentence = TextAnalyticsModelFactory.SentenceSentiment(
            ServiceSentiment.Negative,
            input.Text,
            0.1,
            0.1,
            0.8,
            0,
            input.Text.Length,
            [TextAnalyticsModelFactory.SentenceOpinion(target, [late, broken])]
        );
        return TextAnalyticsModelFactory.AnalyzeSentimentResult(
            input.Id,
            default,
            TextAnalyticsModelFactory.DocumentSentiment(ServiceSentiment.Negative, 0.1, 0.1, 0.8, [sentence])
        );
    }

    private static ExtractKeyPhrasesResult Phrased(TextDocumentInput input) =>
        input.Text.Contains("[unphrased]", StringComparison.Ordinal)
            ? TextAnalyticsModelFactory.ExtractKeyPhrasesResult(
                input.Id,
                TextAnalyticsModelFactory.TextAnalyticsError("InternalServerError", "no")
            )
            : TextAnalyticsModelFactory.ExtractKeyPhrasesResult(
                input.Id,
                default,
                TextAnalyticsModelFactory.KeyPhraseCollection(["phrase one", "phrase two"])
            );
}
