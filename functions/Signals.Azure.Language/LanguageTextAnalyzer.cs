using System.Globalization;
using Azure;
using Azure.AI.TextAnalytics;
using Microsoft.Extensions.Logging;
using Signals.Core.Intake.Text;

namespace Signals.Azure.Language;

/// <summary>
/// Azure AI Language for language, sentiment, opinions and key phrases. What is said about problems, wishes and leaving (remarks) comes
/// from the embedded analyzer, since the service has no such thing; so does everything of a text that the service cannot or will not read.
/// </summary>
/// <param name="client">The service.</param>
/// <param name="embedded">Reads every text first; its findings stay where the service has none.</param>
/// <param name="clock">Says when a service that was busy may be asked again.</param>
/// <param name="logger">Hears of every batch that the service did not read.</param>
public sealed partial class LanguageTextAnalyzer(
    TextAnalyticsClient client,
    ITextAnalyzer embedded,
    TimeProvider clock,
    ILogger<LanguageTextAnalyzer> logger
) : ITextAnalyzer
{
    /// <summary>The most documents that the service takes at once.</summary>
    private const int BatchSize = 10;

    /// <summary>A service that is busy or broken is left alone this long, unless it says how long.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(10);

    private long _restsUntil;

    public async Task<IReadOnlyList<TextAnalysis>> AnalyzeAsync(IReadOnlyList<WrittenText> texts, CancellationToken cancellationToken)
    {
        var analyses = (await embedded.AnalyzeAsync(texts, cancellationToken)).ToArray();
        var documents = texts
            .Select((written, index) => LanguageDocument.Of(index, written.Text, written.Language))
            .Where(document => !string.IsNullOrWhiteSpace(document.Text));
        foreach (var batch in documents.Chunk(BatchSize))
            await ReadAsync(batch, analyses, cancellationToken);
        return analyses;
    }

    private async Task ReadAsync(LanguageDocument[] batch, TextAnalysis[] analyses, CancellationToken cancellationToken)
    {
        var documents = await WithLanguagesAsync(batch, cancellationToken);
        if (documents.Count == 0)
            return;
        var inputs = documents.ConvertAll(document => document.ToInput());
        var sentiments = await AskAsync(
            "sentiment",
            async () =>
                Read(
                    (
                        await client.AnalyzeSentimentBatchAsync(
                            inputs,
                            new AnalyzeSentimentOptions { IncludeOpinionMining = true },
                            cancellationToken
                        )
                    ).Value,
                    analyses,
                    (analysis, result) => LanguageReading.WithSentiment(analysis, result.DocumentSentiment)
                ),
            cancellationToken
        );
        if (!sentiments)
            return;
        foreach (var document in documents)
            analyses[IndexOf(document.Id)] = LanguageReading.WithLanguage(analyses[IndexOf(document.Id)], document.Language);
        await AskAsync(
            "key phrases",
            async () =>
                Read(
                    (await client.ExtractKeyPhrasesBatchAsync(inputs, cancellationToken: cancellationToken)).Value,
                    analyses,
                    (analysis, result) => LanguageReading.WithKeyPhrases(analysis, result.KeyPhrases)
                ),
            cancellationToken
        );
    }

    /// <summary>The documents whose language is known or could be told; the others stay with the embedded analyzer.</summary>
    private async Task<List<LanguageDocument>> WithLanguagesAsync(LanguageDocument[] batch, CancellationToken cancellationToken)
    {
        var known = batch.Where(document => document.Language is not null).ToList();
        var unknown = batch.Where(document => document.Language is null).ToDictionary(document => document.Id, StringComparer.Ordinal);
        if (unknown.Count == 0)
            return known;
        await AskAsync(
            "language",
            async () =>
            {
                var inputs = unknown.Values.Select(document => new DetectLanguageInput(document.Id, document.Text)
                {
                    CountryHint = DetectLanguageInput.None,
                });
                var found = (await client.DetectLanguageBatchAsync(inputs, cancellationToken: cancellationToken)).Value;
                foreach (var result in found)
                {
                    if (result.HasError)
                        Log.NotRead(logger, result.Error.ErrorCode.ToString());
                    else if (
                        unknown.TryGetValue(result.Id, out var document)
                        && result.PrimaryLanguage.Iso6391Name is { Length: > 0 } language
                        && char.IsAsciiLetter(language[0])
                    )
                        known.Add(document with { Language = language });
                }
            },
            cancellationToken
        );
        return known;
    }

    private void Read<T>(IEnumerable<T> results, TextAnalysis[] analyses, Func<TextAnalysis, T, TextAnalysis> merge)
        where T : TextAnalyticsResult
    {
        foreach (var result in results)
        {
            if (result.HasError)
                Log.NotRead(logger, result.Error.ErrorCode.ToString());
            else if (IndexOf(result.Id) is >= 0 and var index && index < analyses.Length)
                analyses[index] = merge(analyses[index], result);
        }
    }

    /// <summary>False when the service did not answer, or not with what was asked for: what was found without it stands.</summary>
    private async Task<bool> AskAsync(string what, Func<Task> ask, CancellationToken cancellationToken)
    {
        if (clock.GetUtcNow().UtcTicks < Interlocked.Read(ref _restsUntil))
            return false;
        try
        {
            await ask();
            return true;
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            var rest = RestAfter(fault);
            Log.NotAnswered(logger, what, rest, fault);
            Interlocked.Exchange(ref _restsUntil, (clock.GetUtcNow() + rest).UtcTicks);
            return false;
        }
    }

    private static TimeSpan RestAfter(Exception fault)
    {
        if (
            fault is RequestFailedException refusal
            && refusal.GetRawResponse() is { } response
            && response.Headers.TryGetValue("Retry-After", out string? text)
            && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds)
        )
            return TimeSpan.FromSeconds(Math.Min(seconds, LongestRest.TotalSeconds));
        return Rest;
    }

    private static int IndexOf(string id) => int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? index : -1;

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "Azure AI Language did not tell the {What} of a batch; the embedded analyzer's reading stands, and the service rests for "
                + "{Rest}."
        )]
        public static partial void NotAnswered(ILogger logger, string what, TimeSpan rest, Exception fault);

        [LoggerMessage(
            LogLevel.Information,
            "Azure AI Language could not read a document ({Code}); the embedded analyzer's reading stands."
        )]
        public static partial void NotRead(ILogger logger, string code);
    }
}
