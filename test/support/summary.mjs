/** Says at the end which MongoDB served, what was skipped and what would un-skip it, and the plain line that CI reads. */
export default class Summary {
  onRunComplete(_contexts, results) {
    const skipped = results.testResults.flatMap(({ testResults }) =>
      testResults.filter(({ status }) => status === 'pending' || status === 'skipped'),
    );
    const lines = ['', `MongoDB: ${process.env.SLIPWAY_TEST_ENGINE ?? 'none was needed'}`];
    for (const { fullName } of skipped) lines.push(`skipped: ${fullName}`);
    if (skipped.length === 0) lines.push('skipped: nothing');
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    lines.push(
      `${results.numPassedTests} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`,
    );
    console.log(lines.join('\n'));
  }
}
