using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model.Reading;
using Signals.Testing.World;

namespace Signals.Core.Tests.Model;

public sealed class ModelMutationTests
{
    private const int Mutants = 3_000;

    private static readonly string[] Splices =
    [
        "null",
        "{}",
        "[]",
        "\"\"",
        "-1",
        "1e999",
        "true",
        "{",
        "}",
        "]",
        ",",
        "\"",
        "\\",
        "\\ud800",
        "//",
        "/*",
        "\0",
        "é",
        "\"id\": 1,",
    ];

    [Theory]
    [InlineData("nimbus.json", 1)]
    [InlineData("music-streaming.json", 2)]
    [InlineData("social-network.json", 3)]
    public void Whatever_is_done_to_a_file_the_answer_is_a_model_or_errors(string sample, int seed)
    {
        var original = File.ReadAllBytes(Path.Combine(ModelFile.SamplesFolder, sample));
        var random = new Random(seed);
        var (valid, refused) = (0, 0);

        for (var mutant = 0; mutant < Mutants; mutant++)
        {
            var reading = ValueModelReader.Read(Mutate(original, random), CauseCatalogue.All);

            Assert.Equal(reading.Model is null, reading.Errors.Count > 0);
            Assert.All(
                reading.Errors,
                error =>
                    Assert.False(
                        string.IsNullOrEmpty(error.Path) || string.IsNullOrEmpty(error.Found) || string.IsNullOrEmpty(error.Expected)
                    )
            );
            _ = reading.IsValid ? valid++ : refused++;
        }

        Assert.True(valid > 0 && refused > 0, $"The mutants tell nothing: {valid} valid, {refused} refused.");
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        var bytes = original.ToList();
        for (var change = random.Next(1, 4); change > 0; change--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, System.Text.Encoding.UTF8.GetBytes(Splices[random.Next(Splices.Length)]));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count / 2), random.Next(1, bytes.Count / 2)));
                    break;
                default:
                    ReplaceValue(bytes, at, random);
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Puts another JSON value where one stands, so that the file stays JSON and the reading goes deep.</summary>
    private static void ReplaceValue(List<byte> bytes, int at, Random random)
    {
        var start = bytes.IndexOf((byte)':', at);
        if (start < 0)
            return;
        var end = bytes.FindIndex(start, value => value is (byte)',' or (byte)'}' or (byte)']');
        if (end < 0)
            return;
        bytes.RemoveRange(start + 1, end - start - 1);
        bytes.InsertRange(start + 1, System.Text.Encoding.UTF8.GetBytes(Splices[random.Next(7)]));
    }
}
