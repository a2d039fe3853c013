using System.Text.Json;
using Signals.Core.Daily.CustomerVoice;
using Signals.Core.Platform.Time;
using Signals.Core.Tests.Daily.Measures;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.Daily.CustomerVoice;

public sealed class RequestBookTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Requests_with_the_longest_of_words_fit_a_row_and_keep_the_voices_that_pay_most()
    {
        string words = new('語', 400);
        var requests = Enumerable
            .Range(0, RequestSurvey.MaxListed)
            .Select(number => new FeatureRequest(
                $"{number}",
                words,
                20,
                200,
                Start,
                Start,
                [
                    .. Enumerable
                        .Range(0, FeatureRequest.MaxVoices)
                        .Select(voice => new RequestVoice($"{voice}", words, 20 - voice, null, words, Start)),
                ]
            ))
            .ToList();

        byte[] written = RequestBook.Written(requests);

        Assert.InRange(written.Length, 700 * 1024, 900 * 1024);
        using var read = JsonDocument.Parse(written);
        Assert.Equal(RequestSurvey.MaxListed, read.RootElement.GetArrayLength());
        Assert.All(
            read.RootElement.EnumerateArray(),
            request => Assert.Equal(20, request.GetProperty("voices")[0].GetProperty("price").GetDouble())
        );
    }

    [Fact]
    public async Task A_decision_goes_a_year_later_once_nobody_asks_any_more()
    {
        var clock = new VirtualClock(Start);
        var book = new RequestBook(new InMemoryEntityStore(), clock);
        await book.DecideAsync(new RequestDecision("calendar", null, Start, "ann", "It is there.", Start), Cancel);

        clock.Advance(TimeSpan.FromDays(RequestSurvey.KeepDays));
        await book.SaveAsync(new RequestSurvey(MeasuredAccount.Today), Cancel);
        Assert.Single(await book.ReadDecisionsAsync(Cancel));

        clock.Advance(TimeSpan.FromDays(1));
        await book.SaveAsync(new RequestSurvey(MeasuredAccount.Today), Cancel);
        Assert.Empty(await book.ReadDecisionsAsync(Cancel));
    }
}
