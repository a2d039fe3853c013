using Signals.Core.Platform.Storage;

namespace Signals.Core.Tests.Platform.Storage;

public sealed class ContinuationTokenTests
{
    private static readonly EntityQuery Query = new("Table", "pk", From: "m", To: "z");

    [Fact]
    public void A_first_page_starts_with_the_range()
    {
        Assert.Equal("m", ContinuationToken.Resume(Query));
        Assert.Equal("", ContinuationToken.Resume(Query with { From = null }));
    }

    [Fact]
    public void The_next_page_starts_right_behind_the_last_row()
    {
        string next = ContinuationToken.Resume(Query with { Continuation = ContinuationToken.After("p") });

        Assert.True(string.CompareOrdinal(next, "p") > 0);
        Assert.True(string.CompareOrdinal(next, "p ") < 0);
    }

    [Fact]
    public void A_forged_token_does_not_leave_the_range() =>
        Assert.Equal("m", ContinuationToken.Resume(Query with { Continuation = ContinuationToken.After("a") }));

    [Theory]
    [InlineData("")]
    [InlineData("p")]
    [InlineData("{\"row\":1}")]
    public void A_text_that_no_page_gave_is_refused(string token) =>
        Assert.Throws<ArgumentException>(() => ContinuationToken.Resume(Query with { Continuation = token }));
}
