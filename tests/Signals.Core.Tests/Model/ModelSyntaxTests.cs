using System.Text;
using Signals.Core.Diagnosis.Causes;
using Signals.Core.Model.Reading;
using Signals.Testing.World;

namespace Signals.Core.Tests.Model;

public sealed class ModelSyntaxTests
{
    [Theory]
    [InlineData("", "line 1, column 1: found the end of the file, expected JSON: ")]
    [InlineData("{\n  \"product\": \"é\" oops\n}", "line 2, column 18: found \"o\", expected JSON: ")]
    [InlineData("{\n  \"product\": \"Nimbus\",\n  \"value\": {", "line 3, column 13: found the end of the file, expected JSON: ")]
    [InlineData("{} {}", "line 1, column 4: found \"{\", expected JSON: ")]
    [InlineData("{ 'product': 1 }", "line 1, column 3: found \"'\", expected JSON: ")]
    [InlineData(
        "{ \"product\": \"\\uD800\" }",
        "line 1, column 14: found a text with half a surrogate pair, expected text that is valid Unicode"
    )]
    [InlineData("[]", "(file): found a list, expected an object with at least \"product\" and \"value\"")]
    [InlineData("null", "(file): found null, expected an object with at least \"product\" and \"value\"")]
    public void What_is_not_json_is_one_error_with_line_and_column(string text, string error) =>
        Assert.StartsWith(error, Assert.Single(ModelFile.ErrorsOf(text)), StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_not_utf8_are_found()
    {
        byte[] latin1 = [.. "{\n\"product\": \"caf"u8, 0xE9, .. "\" }"u8];

        Assert.Equal(
            "line 2, column 16: found bytes that are not UTF-8, expected JSON in UTF-8",
            Assert.Single(ValueModelReader.Read(latin1, CauseCatalogue.All).Errors).ToString()
        );
    }

    [Fact]
    public void A_file_nested_too_deep_or_too_large_is_refused()
    {
        Assert.StartsWith("line 1, column ", Assert.Single(ModelFile.ErrorsOf(new string('[', 10_000))), StringComparison.Ordinal);
        Assert.Equal(
            "(file): found 1048579 bytes, expected at most 1048576 bytes",
            Assert.Single(ModelFile.ErrorsOf($"\"{new string('x', 1024 * 1024 + 1)}\""))
        );
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_error_too()
    {
        var path = Path.Combine(ModelFile.SamplesFolder, "no-such-model.json");

        var error = Assert.Single(ValueModelReader.ReadFile(path, CauseCatalogue.All).Errors);

        Assert.Equal($"{path}: found no file, expected a value model file", error.ToString());
    }

    [Fact]
    public void A_folder_is_no_model()
    {
        var error = Assert.Single(ValueModelReader.ReadFile(ModelFile.SamplesFolder, CauseCatalogue.All).Errors);

        Assert.StartsWith($"{ModelFile.SamplesFolder}: found what cannot be read (", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_reading_holds_a_model_or_errors()
    {
        var valid = new ModelFile().Read();
        var broken = new ModelFile().Without("value").Read();

        Assert.True(valid.IsValid && valid.Errors.Count == 0);
        Assert.True(!broken.IsValid && broken.Errors.Count > 0);
        Assert.Equal(Encoding.UTF8.GetBytes(valid.Model!.Product), "Nimbus"u8.ToArray());
    }
}
