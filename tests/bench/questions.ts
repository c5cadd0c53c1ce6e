/** What is asked of the engine beyond recalculation, as tasks that run in a process of their own. */
import { batchQuestion } from './questions/batch.ts';
import { samplingQuestion } from './questions/sampling.ts';
import { slopesQuestion } from './questions/slopes.ts';
import type { Question } from './questions/question.ts';

export const QUESTIONS: readonly Question[] = [batchQuestion, samplingQuestion, slopesQuestion];
