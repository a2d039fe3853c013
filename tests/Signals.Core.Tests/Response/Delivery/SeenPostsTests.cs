using System.Text;
using Signals.Core.Response.Delivery;
using Signals.Testing.Storage;

namespace Signals.Core.Tests.Response.Delivery;

public sealed class SeenPostsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    private readonly SeenPosts _posts = new(new InMemoryEntityStore());

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_many_who_claim_a_post_at_once_one_has_it()
    {
        string key = SeenPosts.KeyOf("v0:1773144000:payload={}"u8);

        bool[] claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _posts.ClaimAsync(key, Now, Cancellation)));

        Assert.Single(claims, claimed => claimed);
        Assert.True(await _posts.WasAppliedAsync(key, Now, Cancellation));
    }

    [Fact]
    public async Task A_post_is_known_by_what_was_signed_and_by_nothing_else()
    {
        string key = SeenPosts.KeyOf(Encoding.UTF8.GetBytes("1773144000[]"));
        await _posts.NoteAsync(key, Now, Cancellation);

        Assert.True(await _posts.WasAppliedAsync(key, Now, Cancellation));
        Assert.False(await _posts.WasAppliedAsync(SeenPosts.KeyOf(Encoding.UTF8.GetBytes("1773144001[]")), Now, Cancellation));
    }

    [Fact]
    public async Task It_is_remembered_for_as_long_as_its_signature_is_good_and_forgotten_after()
    {
        for (int days = 0; days <= 8; days++)
            await _posts.NoteAsync(SeenPosts.KeyOf([(byte)days]), Now.AddDays(-days), Cancellation);

        int removed = await _posts.PruneAsync(Now, Cancellation);

        var kept = new List<int>();
        for (int days = 0; days <= 8; days++)
        {
            if (await _posts.WasAppliedAsync(SeenPosts.KeyOf([(byte)days]), Now.AddDays(-days), Cancellation))
                kept.Add(days);
        }
        Assert.Equal([0, 1, 2, 3, 4], kept);
        Assert.Equal(4, removed);
    }
}
