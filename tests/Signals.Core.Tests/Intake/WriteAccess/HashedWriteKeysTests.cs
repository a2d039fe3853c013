using Signals.Core.Intake.WriteAccess;

namespace Signals.Core.Tests.Intake.WriteAccess;

public sealed class HashedWriteKeysTests
{
    [Theory]
    [InlineData("first", true)]
    [InlineData("second", true)]
    [InlineData("First", false)]
    [InlineData("firs", false)]
    [InlineData("", false)]
    [InlineData("clé", false)]
    public void Only_keys_that_were_given_are_known(string key, bool known) =>
        Assert.Equal(known, HashedWriteKeys.FromKeys("first", "second").KindOf(key) is not null);

    [Fact]
    public void Hashes_are_enough_to_know_a_key() =>
        Assert.True(new HashedWriteKeys([HashedWriteKeys.Hash("key")]).KindOf("key") is not null);

    [Fact]
    public void What_is_no_hash_is_refused()
    {
        var failure = Assert.ThrowsAny<ArgumentException>(() => new HashedWriteKeys(["key"]));

        Assert.StartsWith(
            "A write key's hash: found 3 characters, expected 64 hexadecimal digits.",
            failure.Message,
            StringComparison.Ordinal
        );
    }
}
