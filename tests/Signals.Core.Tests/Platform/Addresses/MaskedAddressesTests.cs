using Signals.Core.Platform.Addresses;

namespace Signals.Core.Tests.Platform.Addresses;

public sealed class MaskedAddressesTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", "")]
    [InlineData("421 try again at 10:30", "421 try again at 10:30")]
    [InlineData(
        "550 5.1.1 <ann.lee@customer.example>: Recipient address rejected",
        "550 5.1.1 <…@customer.example>: Recipient address rejected"
    )]
    [InlineData("550 5.1.1 ann.lee+x@customer.example... User unknown", "550 5.1.1 …@customer.example... User unknown")]
    [InlineData("rcpt to=ann@a.example,'bob@b.example'; no", "rcpt to=…@a.example,'…@b.example'; no")]
    [InlineData("\"ann.lee\"@customer.example and jörg@bücher.example", "…@customer.example and …@bücher.example")]
    [InlineData("SRS0=HHH=TT=a.example=ann@forwarder.example", "SRS0=HHH=TT=a.example=…@forwarder.example")]
    public void Of_an_address_the_domain_stays(string? text, string? masked) => Assert.Equal(masked, MaskedAddresses.In(text));

    [Fact]
    public void A_text_of_many_letters_and_no_address_takes_no_time() =>
        Assert.Equal(200_001, MaskedAddresses.In(new string('a', 200_000) + "@")!.Length);
}
