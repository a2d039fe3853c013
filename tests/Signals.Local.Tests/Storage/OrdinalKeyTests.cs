using System.Text;
using Signals.Local.Storage;

namespace Signals.Local.Tests.Storage;

public sealed class OrdinalKeyTests
{
    [Fact]
    public void Any_two_keys_sort_as_their_bytes_and_read_back()
    {
        var random = new Random(1);
        char[] letters =
        [
            '\0',
            'a',
            '~',
            '\u007f',
            '\u0080',
            '\u07ff',
            '\u0800',
            '\ud7ff',
            '\ud83d',
            '\ude00',
            '\udfff',
            '\ue000',
            '\uffff',
        ];
        string[] keys =
        [
            .. Enumerable
                .Range(0, 400)
                .Select(_ => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => letters[random.Next(letters.Length)]))),
        ];

        foreach (string left in keys)
        {
            Assert.Equal(left, OrdinalKey.Decode(OrdinalKey.Encode(left)));
            foreach (string right in keys)
            {
                int bytes = OrdinalKey.Encode(left).AsSpan().SequenceCompareTo(OrdinalKey.Encode(right));
                Assert.Equal(Math.Sign(string.CompareOrdinal(left, right)), Math.Sign(bytes));
            }
        }
    }

    [Theory]
    [InlineData("person:u-1")]
    [InlineData("é中\uffff")]
    public void Without_surrogates_the_bytes_are_UTF8(string key) => Assert.Equal(Encoding.UTF8.GetBytes(key), OrdinalKey.Encode(key));

    [Fact]
    public void Bytes_that_end_inside_a_character_are_refused() =>
        Assert.Throws<InvalidDataException>(() => OrdinalKey.Decode([0x61, 0xE4, 0xB8]));
}
